// Evidence: where each record was read, and the record in words. The twin of stdgraph/graph/evidence.py.

import type { Lang } from '../locale/locale'
import { sortedSet } from '../model/order'
import { bySource, type FactRecord, type Source } from '../model/results'
import { BASE } from '../model/vocabulary'
import { kindsOf, labels, number } from './labels'
import { type Graph, maybe, valueOf } from './reads'

/** The source of a file; of a snapshot of a register (it has a day) with the register's own number. */
const OF_FILE = 'source-of-file'
/** Queries for the source of a record, the closest first. */
const READS = ['evidence', 'source-itself', 'evidence-of-claims', OF_FILE]

interface Place {
  readonly source: string
  readonly locator: string
  confidence: number | null
  readonly forms: Set<string>
}

/**
 * Returns where each record was read: its own evidence, else that of claims on it, else the source of its file.
 * A record of derived kind (a cooperation link) brings the evidence of the records it rests on.
 */
export async function sources(graph: Graph, records: Iterable<string>, lang: Lang): Promise<Map<string, Source[]>> {
  const wanted = new Set(records)
  const found = new Map<string, Map<string, Place>>()
  const isStandard = (iri: string) => iri.startsWith(`${BASE}standard/`) || iri.startsWith(`${BASE}workitem/`)
  for (const query of READS) {
    const missing = [...wanted].filter(iri => !found.has(iri) || (query === OF_FILE && isStandard(iri)))
    if (!missing.length) break
    const own = new Set(found.keys())
    for (const row of await graph.ofEach(query, missing)) {
      const source = valueOf(row, 'source')
      const locator = maybe(row, 'locator') ?? ''
      const known = found.get(valueOf(row, 'x')) ?? new Map<string, Place>()
      found.set(valueOf(row, 'x'), known)
      if (query === OF_FILE && own.has(valueOf(row, 'x')) && !locator) continue // told by its own evidence; only registers add to that
      noted(known, { source, locator, confidence: number(maybe(row, 'confidence')), forms: new Set() }, maybe(row, 'form'))
    }
  }
  const places = [...found.values()].flatMap(known => [...known.values()])
  const titles = await labels(graph, places.map(place => place.source), lang)
  return new Map([...found].map(([iri, known]) => [iri, [...known.values()].map(place => told(place, titles)).sort(bySource)]))
}

function noted(known: Map<string, Place>, place: Place, form: string | null): void {
  const name = `${place.source} ${place.locator}`
  const one = known.get(name) ?? place
  known.set(name, one)
  if (place.confidence !== null) one.confidence = Math.max(one.confidence ?? place.confidence, place.confidence)
  if (form !== null) one.forms.add(form)
}

function told(place: Place, titles: ReadonlyMap<string, string>): Source {
  const title = titles.get(place.source) as string
  return { source: place.source, title, locator: place.locator, confidence: place.confidence, forms: sortedSet(place.forms) }
}

/** Returns each record in words, with its kind, date and sources. */
export async function describedRecords(graph: Graph, iris: Iterable<string>, lang: Lang): Promise<Map<string, FactRecord>> {
  const wanted = new Set(iris)
  const names = await labels(graph, wanted, lang)
  const read = await sources(graph, wanted, lang)
  const kinds = await kindsOf(graph, wanted)
  const kindNames = graph.names.labels(kinds.values(), lang)
  const days = new Map((await graph.ofEach('date', wanted)).map(row => [valueOf(row, 'x'), valueOf(row, 'date')]))
  const one = (iri: string): FactRecord => ({
    iri,
    label: names.get(iri) as string,
    kind: kindNames.get(kinds.get(iri) ?? '') ?? '',
    date: days.get(iri) ?? null,
    sources: read.get(iri) ?? [],
  })
  return new Map([...wanted].map(iri => [iri, one(iri)]))
}
