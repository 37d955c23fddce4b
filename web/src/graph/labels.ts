// Labels: a name for everything, also for nameless records, and terms as cells of a table. The twin of
// stdgraph/graph/labels.py.

import type { RdfTerm } from '../engine/engine'
import { entry, inWords, type Lang } from '../locale/locale'
import { Entity, Numeral, type Scalar, Term } from '../model/cells'
import { compare } from '../model/order'
import { BASE, local, short, STDG, XSD } from '../model/vocabulary'
import { type Graph, valueOf } from './reads'

const TRUTH: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false }
const FRACTIONS = new Set([`${XSD}decimal`, `${XSD}double`, `${XSD}float`])
/** More characters than a double needs. */
const LONG = 24

export type Labels = ReadonlyMap<string, string>

/** Returns a label for each IRI: in the language, else in the other, else in words made from its relations. */
export async function labels(graph: Graph, iris: Iterable<string>, lang: Lang): Promise<Map<string, string>> {
  const wanted = new Set(iris)
  const found = graph.names.labels(wanted, lang)
  const nameless = [...wanted].filter(iri => !found.has(iri) && iri.startsWith(BASE))
  for (const [iri, text] of await described(graph, nameless, lang)) found.set(iri, text)
  for (const iri of wanted) if (!found.has(iri)) found.set(iri, inWords('term', short(iri), lang))
  return found
}

/** Properties that tell what a nameless record is about, the subject's side first. */
const TELLING = [
  'member', 'memberCountry', 'participant', 'contributor', 'holder', 'performedBy', 'recognizer', 'adopter', 'user',
  'recipient', 'hub', 'leadPartner', 'hasParty', 'liaisonFrom', 'between', 'claimSubject', 'affects', 'changeKind', 'role',
  'linkKind', 'claimProperty', 'recognized', 'counterparty', 'twinnedPartner', 'liaisonTo', 'inBody', 'inGroup', 'forBody',
  'inEvent', 'contributionTo', 'adoptedStandard', 'usedStandard', 'award', 'draftOf', 'editionOf', 'issueOf', 'resultsIn',
  'onBehalfOf', 'ordinal', 'date',
]

async function described(graph: Graph, iris: readonly string[], lang: Lang): Promise<Map<string, string>> {
  const parts = new Map<string, [number, string][]>(iris.map(iri => [iri, []]))
  for (const row of await graph.ofEach('telling', iris)) {
    parts.get(valueOf(row, 'x'))?.push([TELLING.indexOf(local(valueOf(row, 'p'))), valueOf(row, 'o')])
  }
  const kinds = await kindsOf(graph, iris)
  const told = [...parts.values()].flatMap(found => found.map(([, value]) => value))
  const known = graph.names.labels([...told, ...kinds.values()], lang)
  const found = new Map<string, string>()
  for (const [iri, pairs] of parts) {
    const words = [...new Set(pairs.sort(compare).map(([, value]) => known.get(value) ?? short(value)))].slice(0, 4)
    const kind = known.get(kinds.get(iri) ?? '') ?? ''
    found.set(iri, words.length && kind ? `${kind}: ${words.join(' · ')}` : kind || short(iri))
  }
  return found
}

/** Returns the narrowest class of each thing, the first by name where there are several. */
export async function kindsOf(graph: Graph, iris: Iterable<string>): Promise<Map<string, string>> {
  return new Map((await graph.ofEach('kind', iris)).map(row => [valueOf(row, 'x'), valueOf(row, 'kind')]))
}

/** Returns a kind that is no class of the ontology, as people know it. */
export function classWord(name: string, lang: Lang): string {
  return inWords('term', `skos:${name}`, lang).replace(/^skos:/, '')
}

/** Returns a term as a cell: things and concepts as entities, terms of the ontology by name, literals as values. */
export function scalar(term: RdfTerm | undefined, known: Labels): Scalar {
  if (!term) return null
  if (term.type === 'literal') return literal(term)
  if (term.type !== 'uri') return term.type === 'bnode' ? `_:${term.value}` : JSON.stringify(term.value)
  const iri = term.value
  if (!iri.startsWith(STDG)) return new Entity(iri, known.get(iri) ?? short(iri))
  const code = local(iri)
  return new Term(iri, code, known.get(iri) ?? code)
}

/** Returns a literal as a plain value, a number so that it is written as it was; malformed ones as text. */
export function literal(term: RdfTerm): Scalar {
  const { value: text, datatype: kind = '' } = term
  if (kind === `${XSD}boolean`) return entry(TRUTH, text) ?? text
  if (kind === `${XSD}integer`) return /^[+-]?[0-9]{1,4000}$/.test(text) ? numeral(text) : text
  if (!FRACTIONS.has(kind) || !isNumber(text)) return text
  return numeral(kind !== `${XSD}decimal` && text.length > LONG ? shortest(text) : text)
}

function numeral(text: string): Scalar {
  const value = Number(text)
  return String(value) === text && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : new Numeral(text)
}

/** Returns a double that was written in full, which the engine does, in as few digits as tell it from all others. */
function shortest(text: string): string {
  const value = Number(text)
  return Number.isFinite(value) ? String(value).replace('e+', 'e') : text
}

/** Returns a number, null for what validation will report as none. */
export function number(text: string | null): number | null {
  return text !== null && isNumber(text) && Number.isFinite(Number(text)) ? Number(text) : null
}

function isNumber(text: string): boolean {
  return /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(text)
}
