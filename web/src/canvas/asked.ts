// What a reader asks of the canvas, as it stands in the address: view, what of it, what has grown, what is looked at.
// `#/en/network?view=cooperation&of=country/CN+org/cn-sac&from=2016&at=country/DE`

import { asOfDay, spanOf } from '../model/dates'
import { type Correction, CORRECTIONS } from '../networks/backbone'
import { type Choice, LEVELS, SCOPES, USUAL } from '../networks/choice'
import { COUNTS_PARTIES } from '../networks/chosen'
import type { NetworksData, Point, ViewData } from '../networks/data'
import { COLOURS } from '../networks/looks'
import { fitting } from '../networks/measures'
import { kindOf, ties } from '../networks/ties'

export type Query = Readonly<Record<string, string>>

export interface Asked {
  readonly name: string
  readonly view: ViewData
  readonly choice: Choice
  /** '' for all ties. */
  readonly backbone: Correction | ''
  /** Things or nodes around which it grew, one after the other; none for the whole view. */
  readonly of: readonly string[]
  readonly without: readonly string[]
  readonly pins: ReadonlyMap<string, Point>
  /** The node or edge that is looked at, '' for none. */
  readonly at: string
  readonly colour: string
  readonly size: string
}

/** Returns what an address asks for; what it cannot mean counts as not said. */
export function askedOf(data: NetworksData, query: Query): Asked {
  const name = query['view'] !== undefined && Object.hasOwn(data.views, query['view']) ? query['view'] : viewOf(data, words(query['of'])[0])
  const view = data.views[name] as ViewData
  const known = new Set(ties(data, view.query).map(kindOf))
  const measures = fitting(view.mode)
  const choice: Choice = {
    level: one(LEVELS, query['level']) ?? USUAL.level,
    kinds: words(query['kind']).filter(kind => known.has(kind)),
    bilateral: query['bilateral'] === '1' && COUNTS_PARTIES.includes(name),
    scope: (view.mode !== 'two-mode' && one(SCOPES, query['scope'])) || '',
    weight: query['weight'] === 'records' ? 'records' : 'newman',
    since: date(query['from']),
    until: date(query['to']),
    asOf: day(query['as_of']),
    undated: query['undated'] === '1',
    packs: words(query['only-pack']).filter(pack => layersOf(data, view).includes(pack)),
  }
  const isForward = !choice.since || !choice.until || (spanOf(choice.since) as readonly string[])[0] as string <= ((spanOf(choice.until) as readonly string[])[1] as string)
  return {
    name, view,
    choice: isForward ? choice : { ...choice, since: choice.until, until: choice.since },
    backbone: one(CORRECTIONS, query['backbone']) ?? '',
    of: words(query['of']), without: words(query['without']), pins: pinsOf(query['pin']), at: query['at'] ?? '',
    colour: one([...COLOURS.filter(colour => colour !== 'side' || view.mode === 'two-mode'), ...measures], query['colour']) ?? 'kind',
    size: one(measures, query['size']) ?? 'degree',
  }
}

/** Returns an address with some parts changed; an empty one is taken out. */
export function changed(query: Query, parts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...query, ...parts }).filter(([, value]) => value))
}

/** Returns pins as they stand in an address. */
export function pinText(pins: ReadonlyMap<string, Point>): string {
  return [...pins].map(([id, [x, y]]) => `${id}@${x.toFixed(2)}@${y.toFixed(2)}`).join(' ')
}

/** Returns the words of a part of an address. */
export function words(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(' ').filter(Boolean))]
}

/** Returns the first view in which a thing has a tie, or the first one. */
function viewOf(data: NetworksData, id: string | undefined): string {
  const has = (view: ViewData) => ties(data, view.query).some(tie => tie.a === id || tie.b === id)
  const found = id === undefined ? undefined : Object.entries(data.views).find(([, view]) => has(view))
  return found?.[0] ?? (Object.keys(data.views)[0] as string)
}

/** Returns the layers of which a view has ties, sorted. */
export function layersOf(data: NetworksData, view: ViewData): string[] {
  return [...new Set(ties(data, view.query).flatMap(tie => tie.layers))].sort()
}

function one<T extends string>(of: readonly T[], text: string | undefined): T | undefined {
  return of.find(value => value === text)
}

function date(text: string | undefined): string {
  return text && spanOf(text) ? text : ''
}

/** Returns a day as it is given, '' for what is none. */
function day(text: string | undefined): string {
  try {
    return text && asOfDay(text) ? text : ''
  } catch {
    return ''
  }
}

function pinsOf(text: string | undefined): Map<string, Point> {
  const pins = words(text).map(word => word.split('@') as [string, string, string])
  return new Map(pins.filter(([, x, y]) => Number.isFinite(Number(x)) && Number.isFinite(Number(y))).map(([id, x, y]) => [id, [Number(x), Number(y)]]))
}
