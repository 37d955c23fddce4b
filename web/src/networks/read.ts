// What the engine tells of a network: where the records behind its edges were read.

import { sources } from '../graph/evidence'
import type { Graph } from '../graph/reads'
import { expand, short } from '../model/vocabulary'
import type { Places } from './formats'
import type { Network } from './network'

/** Returns document and place of each record behind the edges of a network. */
export async function placesOf(graph: Graph, found: Network): Promise<Places> {
  const records = new Set(found.edges.flatMap(edge => edge.records.map(expand)))
  const read = await sources(graph, records, 'en')
  return new Map([...read].map(([record, places]) => [short(record), places.map(one => `${short(one.source)} ${one.locator}`.trim())]))
}
