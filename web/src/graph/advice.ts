// What to write in place of a pattern that found nothing: labels with their language, ids for names, days for texts.
// The twin of stdgraph/graph/advice.py.

import { type Phrase, phrase } from '../locale/locale'
import { HAN } from '../model/spelling'
import { BASE, short, STDGC } from '../model/vocabulary'
import type { Element, Taken } from '../storage/patterns'
import { type Token, tokens } from '../storage/tokens'
import type { Graph } from './reads'

/** Properties whose values are text, and those whose values are days. */
const EDTF = new Map([['stdg:date', 'stdg:dateLatest'], ['stdg:start', 'stdg:startLatest'], ['stdg:end', 'stdg:endLatest']])
const LABELS = ['skos:prefLabel', 'skos:altLabel', 'rdfs:label']
const CHINESE = ['zh', 'zh-cn', 'cn', 'chinese', 'zh-chs']
const PARTS = /\b(YEAR|MONTH|DAY)\s*\(/i
const PART = /^(YEAR|MONTH|DAY)$/i
const FEW = 3

/** Returns what to write in place of a part of a query that found nothing, null where it is not known. */
export function advice(graph: Graph, taken: Taken, part: Element): Phrase | null {
  const inner = tokens(part.text)
  const found = part.kind === 'filter' ? onFilter(taken, inner) : part.kind === 'triple' ? onTriple(graph, inner) : []
  for (const one of found) return one
  return null
}

/** Returns why what is computed from a date has no value: it is text. */
export function onBlank(taken: Taken): Phrase | null {
  if (PARTS.test(taken.text)) for (const one of days(taken)) return one
  return null
}

function* onFilter(taken: Taken, inner: readonly Token[]): Iterable<Phrase> {
  const saysLanguage = inner.some(token => token.upper === 'LANG')
  for (const token of inner) {
    if (saysLanguage && token.kind === 'string' && CHINESE.includes(bare(token).toLowerCase())) {
      yield phrase('Chinese labels have the tag zh-hans: write {right}', { right: 'LANGMATCHES(LANG(?label), "zh")' })
    }
    if (token.text === 'xsd:date' || PART.test(token.text)) yield* days(taken)
  }
}

/** Yields which days to take where a query takes a date that is text. */
function* days(taken: Taken): Iterable<Phrase> {
  for (const { text } of taken.tokens) {
    const right = EDTF.get(text)
    if (right) yield phrase('{name} is text (EDTF, as exact as its source); days are in {right}', { name: text, right })
  }
}

function* onTriple(graph: Graph, inner: readonly Token[]): Iterable<Phrase> {
  const names = inner.filter(token => token.kind === 'name').map(token => token.text)
  for (const [at, token] of inner.entries()) {
    if (token.kind !== 'string' || /[^\P{C}]|[^\S ]/u.test(token.text)) continue
    const text = bare(token)
    const isTyped = inner[at + 1]?.text === '^' && inner[at + 2]?.text === '^'
    const found = isTyped || /^\d/.test(text) ? '' : named(graph, text)
    if (names.includes('rdfs:label')) yield phrase('things are labelled with {right}', { right: 'skos:prefLabel' })
    if (names.some(name => LABELS.includes(name))) {
      yield phrase('a label has a language: write {right}', { right: `${token.text.slice(0, 100)}@${HAN.test(text) ? 'zh-hans' : 'en'}` })
    } else if (found) yield phrase('a text is not the thing that it names: write {right}', { right: found })
  }
}

/** Returns the ids of the few things and codes that a text names. */
function named(graph: Graph, text: string): string {
  const found = graph.names.keyed(text.slice(0, 200)).map(one => one.iri).filter(iri => iri.startsWith(BASE) || iri.startsWith(STDGC))
  return found.slice(0, FEW).map(iri => (iri.startsWith(BASE) ? `<${short(iri)}>` : short(iri))).join(' / ')
}

function bare(token: Token): string {
  return token.text.replace(/^["']+|["']+$/g, '')
}
