// What stands above columns.

import { inWords, type Lang } from '../locale/locale'
import type { Answer } from '../model/results'

/** Returns what stands above a column: in English its name, which is short; what the question says of it is told beside that. */
export function headOf(name: string, titles: Answer['titles'], lang: Lang): string {
  return lang === 'zh' ? titles[name] || inWords('heading', name, lang) : name.replaceAll('_', ' ')
}
