// Countries: which one a thing belongs to, or is. The twin of stdgraph/graph/countries.py.

import type { Lang } from '../locale/locale'
import { Entity } from '../model/cells'
import { labels } from './labels'
import { type Graph, valueOf } from './reads'

/** Returns the country of each thing: of bodies theirs, of countries themselves. */
export async function countries(graph: Graph, iris: Iterable<string>, lang: Lang): Promise<Map<string, Entity>> {
  const found = new Map((await graph.ofEach('country-of', iris)).map(row => [valueOf(row, 'x'), valueOf(row, 'country')]))
  const known = await labels(graph, found.values(), lang)
  return new Map([...found].map(([iri, country]) => [iri, new Entity(country, known.get(country) as string)]))
}
