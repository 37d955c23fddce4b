// Ties: the records that join two nodes of a view. The twin of stdgraph/networks/ties.py.

import { bounds, type Span } from '../model/dates'
import type { Weighing } from './choice'
import type { NetworksData } from './data'

export interface Tie {
  /** Short ids. */
  readonly a: string
  readonly b: string
  /** Local name. */
  readonly kind: string
  readonly record: string
  readonly first: string
  readonly last: string
  readonly attested: string
  readonly parties: number
  readonly layers: readonly string[]
  /** The days on which it can have held or been done; null without a date. */
  readonly span: Span | null
}

const read = new Map<string, readonly Tie[]>()

/** Returns all ties of a query, sorted. */
export function ties(data: NetworksData, query: string): readonly Tie[] {
  const found = read.get(query) ?? (data.ties[query] ?? []).map(row => tieOf(data.texts, row))
  read.set(query, found)
  return found
}

function tieOf(texts: readonly string[], row: readonly number[]): Tie {
  const [a, b, kind, record, first, last, attested] = row.slice(0, 7).map(number => texts[number] as string) as [string, string, string, string, string, string, string]
  const layers = (texts[row[8] as number] as string).split(' ').filter(Boolean)
  return { a, b, kind, record, first, last, attested, parties: row[7] as number, layers, span: spanOf([first, last]) }
}

function spanOf(dates: readonly string[]): Span | null {
  const days = dates.filter(Boolean).map(bounds)
  if (!days.length) return null
  return days.reduce(([first, last], [one, other]) => [one < first ? one : first, other > last ? other : last])
}

/** Returns the years in which a tie stands, the first and the last; null without a date. */
export function yearsOf({ span }: Tie): readonly [number, number] | null {
  return span && [Number(span[0].slice(0, 4)), Number(span[1].slice(0, 4))]
}

/** Returns what a tie counts. */
export function weightOf(tie: Tie, by: Weighing): number {
  return by === 'newman' ? 1 / (tie.parties - 1) : 1
}

/** Returns a tie's kind as files name it. */
export function kindOf(tie: Tie): string {
  return tie.kind.replace(/^role-/, '')
}
