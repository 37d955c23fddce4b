// Query files and their VALUES rows, which take other terms: the twin of stdgraph/storage/queries.py.

import type { RdfTerm } from '../engine/engine'

/** A VALUES row of one variable. */
const SLOT = /(VALUES\s+\?(\w+)\s*\{)[^{}]*(\})/g

/** What may stand in a VALUES row: a term, the text of an IRI, or null for any. */
export type Given = RdfTerm | string | null

/** Returns the variables for which a query has VALUES rows of their own. */
export function slots(query: string): Set<string> {
  return new Set([...query.matchAll(SLOT)].map(found => found[2] as string))
}

/** Returns a query whose VALUES rows hold other terms in place of its example: nothing is pasted into SPARQL. */
export function bound(query: string, values: Readonly<Record<string, Iterable<Given>>>): string {
  const rows = Object.fromEntries(Object.entries(values).map(([name, terms]) => [name, [...terms].map(written).join(' ')]))
  return query.replace(SLOT, (all, before: string, name: string, after: string) =>
    Object.hasOwn(rows, name) ? `${before} ${rows[name]} ${after}` : all,
  )
}

/** Returns a term as SPARQL writes it. */
export function written(term: Given): string {
  if (term === null) return 'UNDEF'
  if (typeof term === 'string') return `<${iri(term)}>`
  if (term.type === 'uri') return `<${iri(term.value)}>`
  const text = `"${term.value.replace(/["\\\n\r\t\b\f]/g, escaped)}"`
  if (term['xml:lang']) return `${text}@${term['xml:lang']}`
  return term.datatype ? `${text}^^<${iri(term.datatype)}>` : text
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f',
}

function escaped(character: string): string {
  return ESCAPES[character] as string
}

/** An IRI has no blanks, signs of SPARQL or control characters; what has some stands for nothing. */
function iri(text: string): string {
  return text.replace(/[\x00-\x20<>"{}|^`\\]/g, one => `%${one.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)
}
