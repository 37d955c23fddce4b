// What of a view makes the network: the twin of stdgraph/networks/choice.py, without registers and days.

import { asOfDay, bounds, FIRST, LAST, type Span } from '../model/dates'

export const LEVELS = ['all', 'body', 'country'] as const
export type Level = (typeof LEVELS)[number]
export const SCOPES = ['', 'domestic', 'international'] as const
export type Scope = (typeof SCOPES)[number]
export type Weighing = 'newman' | 'records'

export interface Choice {
  readonly level: Level
  readonly kinds: readonly string[]
  readonly bilateral: boolean
  readonly scope: Scope
  readonly weight: Weighing
  readonly since: string
  readonly until: string
  /** Only what held on that day, as it was given; '' for any. */
  readonly asOf: string
  readonly undated: boolean
  /** Only ties of these layers: registers, and `documents`. */
  readonly packs: readonly string[]
}

export const USUAL: Choice = { level: 'all', kinds: [], bilateral: false, scope: '', weight: 'newman', since: '', until: '', asOf: '', undated: false, packs: [] }

/** Returns the days between `since` and `until`, null where neither is given. */
export function spanOf({ since, until }: Choice): Span | null {
  return since || until ? [since ? bounds(since)[0] : FIRST, until ? bounds(until)[1] : LAST] : null
}

/** Returns the options that are not as they are by themselves, as files tell them. */
export function told(choice: Choice): Record<string, string> {
  const { level, kinds, bilateral, scope, weight, since, until, asOf, undated, packs } = choice
  const texts = { level, kinds: kinds.join(', '), bilateral: bilateral ? 'True' : '', scope, weight, since, until, as_of: asOf && asOfDay(asOf), undated: undated ? 'True' : '', packs: packs.join(', ') }
  return Object.fromEntries(Object.entries(texts).filter(([name, text]) => text && text !== (USUAL as unknown as Record<string, unknown>)[name]))
}
