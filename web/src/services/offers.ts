// What may stand in a query, for the field that completes it: terms and codes with their labels, things by their names.

import { type Graph, valueOf } from '../graph/reads'
import type { Lang } from '../locale/locale'
import { byCodePoint, compare } from '../model/order'
import { key } from '../model/spelling'
import { BASE, PREFIXES, short, STDG } from '../model/vocabulary'

/** What may stand in a query: how it is written, what it is called, what it is. */
export interface Offer {
  readonly written: string
  readonly label: string
  readonly about: string
}

/** What the graph offers. */
export interface Offers {
  /** What bears a name that fits a text, the best first; where a class or a property stands, only these, if any fits. */
  named(text: string, wanted: 'class' | 'property' | 'any'): Promise<readonly Offer[]>
  /** The terms of a namespace of which name or label begins so, or holds it. */
  behind(prefix: string, text: string): Promise<readonly Offer[]>
  /** Things whose id begins so. */
  ids(text: string): readonly Offer[]
  readonly prefixes: readonly string[]
}

const MOST = 20
const MANY = 400
const MOST_TERMS = 60

/** Returns what a graph offers, with labels in a language. */
export function offersOf(graph: Graph, lang: Lang): Offers {
  let vocabulary: Promise<readonly string[]> | undefined
  const offer = (iri: string): Offer => {
    const named = graph.names.get(iri)
    const about = named ? [graph.names.kindWord(named.kind, lang), named.country].filter(Boolean).join(' · ') : ''
    return { written: written(iri), label: named?.label(lang) ?? written(iri), about }
  }
  return {
    prefixes: Object.keys(PREFIXES),
    named: async (text, wanted) => {
      const found = (await graph.seeker.find(text, [], MANY)).map(one => one.thing.iri)
      const fit = found.filter(iri => isOf(iri, wanted))
      return (fit.length ? fit : found).slice(0, MOST).map(offer)
    },
    ids: text => {
      const found = graph.names.all.map(one => short(one.iri)).filter(id => id.startsWith(text) && !id.includes(':'))
      return found.sort(byCodePoint).slice(0, MOST).map(id => offer(BASE + id))
    },
    behind: async (prefix, text) => {
      const space = Object.hasOwn(PREFIXES, prefix) ? (PREFIXES[prefix] as string) : null
      if (space === null) return []
      vocabulary ??= graph.read('vocabulary', null).then(rows => rows.map(row => valueOf(row, 'x')))
      const terms = new Set([...graph.names.all.map(one => one.iri), ...(await vocabulary)])
      return fitting([...terms].filter(iri => iri.startsWith(space) && short(iri).startsWith(`${prefix}:`)), space, text, graph, lang).map(offer)
    },
  }
}

/** Tells whether an IRI is a class or property of ours, which its first letter says. */
function isOf(iri: string, wanted: 'class' | 'property' | 'any'): boolean {
  if (wanted === 'any') return true
  return iri.startsWith(STDG) && /[A-Z]/.test(iri[STDG.length] ?? '') === (wanted === 'class')
}

/** Returns the terms whose local name begins with a text, then those that hold it, then those that are called so. */
function fitting(terms: readonly string[], space: string, text: string, graph: Graph, lang: Lang): string[] {
  const wanted = key(text)
  const rank = (iri: string): number => {
    const local = iri.slice(space.length)
    if (local.startsWith(text)) return 0
    const name = key(local)
    if (name.startsWith(wanted)) return 1
    if (name.includes(wanted)) return 2
    return key(graph.names.get(iri)?.label(lang) ?? '').includes(wanted) ? 3 : 4
  }
  const ranked = terms.map(iri => [rank(iri), iri] as const).filter(([fit]) => fit < 4)
  return ranked.sort(compare).slice(0, MOST_TERMS).map(([, iri]) => iri)
}

function written(iri: string): string {
  return iri.startsWith(BASE) ? `<${short(iri)}>` : short(iri).includes('://') ? `<${iri}>` : short(iri)
}
