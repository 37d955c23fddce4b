// Two questions in one: the parts of a question that ask something of their own.
// The twin of stdgraph/services/words/splitting.py.

import { casefold, isAscii } from '../../model/spelling'
import type { Numbers } from './data'
import { isThing } from './spotting'
import { EDGE } from './tokens'
import type { Wording } from './wording'

const ASKS = '(?=(?:(?:in|at|on|by|for|to|with|from|under|since)\\s+)?(?:who|whom|whose|where|when|which|what|how)' + EDGE + ')'
const ENGLISH = new RegExp(`\\?\\s+|;\\s+|,?\\s+and\\s+${ASKS}|,\\s+${ASKS}`, 'iu')
const CHINESE = /[？；，]\s*/
const ASKING = /谁|哪|何|什么|多少|几/
const ASKING_ENGLISH = new RegExp(`${EDGE}(?:who|whom|whose|where|when|which|what|how|list|compare|name)${EDGE}`, 'iu')

/** Returns the parts of a question that ask something each; those that name nothing are told what the whole names. */
export function clauses(wording: Wording, rules: Numbers['splitting']): string[] {
  return partsOf(wording, rules).filter(part => [...part].length >= rules.SHORTEST).map(part => told(part, wording))
}

/** Returns a question that names only what its first part does, where that asks of something; what the others name is theirs. */
export function leading(wording: Wording, rules: Numbers['splitting']): Wording {
  const first = casefold(partsOf(wording, rules)[0] ?? '')
  const spotted = wording.spotted.filter(one => !isThing(one) || first.includes(one.said))
  return spotted.some(isThing) && (ASKING.test(first) || ASKING_ENGLISH.test(first)) ? wording.but({ spotted }) : wording
}

/** Returns the parts of a question that ask something each, as they stand; nothing where it is one question. */
function partsOf(wording: Wording, { MOST }: Numbers['splitting']): string[] {
  const text = wording.text.replace(/[?？。. ]+$/, '')
  const isChinese = ASKING.test(text)
  const parts = text.split(isChinese ? CHINESE : ENGLISH).map(part => part.trim()).filter(Boolean)
  const asking = joined(isChinese ? parts.filter(part => ASKING.test(part)) : parts)
  return asking.length > 1 && asking.length <= MOST ? asking : []
}

/** Returns parts, `where` and `when` of one question together. */
function joined(parts: readonly string[]): string[] {
  const found: string[] = []
  for (const part of parts) {
    const last = found.at(-1)
    if (last !== undefined && isAscii(last) && !/\s/.test(last)) found[found.length - 1] = `${last} and ${part}`
    else found.push(part)
  }
  return found
}

/** Returns a part with the names and dates of the whole, where it has none. */
function told(part: string, wording: Wording): string {
  const folded = casefold(part)
  const said = wording.spotted.filter(isThing).map(one => one.said)
  const names = said.some(one => folded.includes(one)) ? [] : said
  const dates = /\d{4}/.test(part) ? [] : wording.dates.map(date => date.slice(1)).sort((a, b) => a.length - b.length)
  return [part, ...new Set(names), ...dates.slice(-1)].join(' ')
}
