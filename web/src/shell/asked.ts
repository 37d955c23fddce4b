// The queries that were asked in this browser, the last one first.

import { keep, kept } from './kept'

const NAME = 'queries'
const MOST = 50
const LONGEST = 20_000

/** Returns the queries that were asked, the last one first. */
export function asked(): string[] {
  try {
    const found: unknown = JSON.parse(kept(NAME) ?? '[]')
    return Array.isArray(found) ? found.filter(one => typeof one === 'string') : []
  } catch {
    return []
  }
}

/** Notes that a query was asked, and returns all. */
export function note(text: string): string[] {
  const all = [text, ...asked().filter(one => one !== text)].filter(one => one.length <= LONGEST).slice(0, MOST)
  keep(NAME, JSON.stringify(all))
  return all
}

/** Forgets them. */
export function forget(): void {
  keep(NAME, '[]')
}
