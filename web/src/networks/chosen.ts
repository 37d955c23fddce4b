// Which ties of a view are chosen, and what was left out, by the reason. The twin of stdgraph/networks/chosen.py.

import { type Certainty, UNDATED } from '../graph/time'
import { marked } from '../locale/locale'
import { byCodePoint } from '../model/order'
import { type Choice, type Scope, spanOf } from './choice'
import type { NetworksData, ViewData } from './data'
import { kindOf, type Tie, ties } from './ties'

/** The views whose records are known to tie so many actors. */
export const COUNTS_PARTIES = ['cooperation', 'records']
const BILATERAL = 2
export const NO_DATE = marked('without a date')
export const NO_COUNTRY = marked('of no country')
export const WITHIN = marked('within one country')

export interface Chosen {
  readonly ties: readonly Tie[]
  readonly leftOut: Readonly<Record<string, number>>
}

/** How the records of a view held on a day, by their short ids; null where no day is asked for. */
export type Held = ReadonlyMap<string, Certainty> | null

/** Returns the ties that are chosen, at the level asked for, and how many were left out by each reason. */
export function chosen(data: NetworksData, view: ViewData, choice: Choice, held: Held): Chosen {
  const leftOut = new Map<string, number>()
  const kinds = new Set(choice.kinds)
  let kept = ties(data, view.query).filter(tie => !kinds.size || kinds.has(kindOf(tie)))
  if (choice.bilateral) kept = kept.filter(tie => tie.parties === BILATERAL)
  if (choice.packs.length) kept = kept.filter(tie => tie.layers.some(layer => choice.packs.includes(layer)))
  kept = between(kept, choice, leftOut)
  kept = onDay(kept, choice, held, leftOut)
  kept = atLevel(data, view, kept, choice, leftOut)
  return { ties: kept, leftOut: Object.fromEntries([...leftOut].sort(([a], [b]) => byCodePoint(a, b))) }
}

function between(found: Tie[], choice: Choice, leftOut: Map<string, number>): Tie[] {
  const span = spanOf(choice)
  if (!span) return found
  const undated = found.filter(tie => !tie.span).length
  if (undated && !choice.undated) leftOut.set(NO_DATE, undated)
  return found.filter(tie => (tie.span ? tie.span[0] <= span[1] && tie.span[1] >= span[0] : choice.undated))
}

/** Returns the ties whose records held on a day, certainly or possibly. */
function onDay(found: Tie[], choice: Choice, held: Held, leftOut: Map<string, number>): Tie[] {
  if (!held) return found
  const undated = found.filter(tie => held.get(tie.record) === UNDATED).length
  if (undated && !choice.undated) leftOut.set(NO_DATE, (leftOut.get(NO_DATE) ?? 0) + undated)
  return found.filter(tie => held.has(tie.record) && (choice.undated || held.get(tie.record) !== UNDATED))
}

/** Returns the id of the country that a thing belongs to, or is; '' for none. */
export function countryOf(data: NetworksData, id: string): string {
  const code = data.things[id]?.[1]
  return code ? `country/${code}` : ''
}

function atLevel(data: NetworksData, view: ViewData, found: Tie[], choice: Choice, leftOut: Map<string, number>): Tie[] {
  const kept = choice.scope ? found.filter(tie => isScoped(data, tie, choice.scope)) : found
  const isCountry = (id: string) => data.things[id]?.[0] === 'Country'
  if (choice.level === 'body') return kept.filter(tie => !isCountry(tie.a) && (view.mode === 'two-mode' || !isCountry(tie.b)))
  return choice.level === 'country' ? rolled(data, view, kept, leftOut) : kept
}

function isScoped(data: NetworksData, tie: Tie, scope: Scope): boolean {
  const home = countryOf(data, tie.a)
  return (home !== '' && home === countryOf(data, tie.b)) === (scope === 'domestic')
}

/** Returns the ties with countries in place of their bodies: at both ends, of a two-mode view at its left. */
function rolled(data: NetworksData, view: ViewData, found: readonly Tie[], leftOut: Map<string, number>): Tie[] {
  const isLeft = view.mode === 'two-mode' || view.mode === 'projection'
  const kept = new Map<string, Tie>()
  const leave = (why: string) => leftOut.set(why, (leftOut.get(why) ?? 0) + 1)
  for (const tie of found) {
    const a = countryOf(data, tie.a)
    const b = isLeft ? tie.b : countryOf(data, tie.b)
    if (!a || !b) leave(NO_COUNTRY)
    else if (a === b) leave(WITHIN)
    else {
      const turned = !isLeft && view.mode !== 'directed' && byCodePoint(a, b) > 0
      const one = { ...tie, a: turned ? b : a, b: turned ? a : b }
      kept.set([one.a, one.b, one.kind, one.record, one.parties].join(' '), one)
    }
  }
  return [...kept.values()]
}
