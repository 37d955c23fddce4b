// What the engine tells of a network: where the records behind its edges were read, and how they held on a day.

import { sources } from '../graph/evidence'
import { standing } from '../graph/time'
import { asOfDay } from '../model/dates'
import type { Graph } from '../graph/reads'
import { expand, short } from '../model/vocabulary'
import type { Held } from './chosen'
import type { NetworksData, ViewData } from './data'
import type { Places } from './formats'
import { ties } from './ties'
import type { Network } from './network'

/** Returns document and place of each record behind the edges of a network. */
export async function placesOf(graph: Graph, found: Network): Promise<Places> {
  const records = new Set(found.edges.flatMap(edge => edge.records.map(expand)))
  const read = await sources(graph, records, 'en')
  return new Map([...read].map(([record, places]) => [short(record), places.map(one => `${short(one.source)} ${one.locator}`.trim())]))
}

/** Returns how the records of a view held on a day, null where none is asked for. */
export async function heldOn(graph: Graph, data: NetworksData, view: ViewData, asOf: string): Promise<Held> {
  if (!asOf) return null
  const records = new Set(ties(data, view.query).map(tie => expand(tie.record)))
  const found = await standing(graph, records, asOfDay(asOf), true)
  return new Map([...(found?.held ?? [])].map(([record, how]) => [short(record), how]))
}
