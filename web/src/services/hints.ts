// What to tell of a free query that ran: terms that the graph does not know, and the pattern that found nothing.
// The twin of stdgraph/services/hints.py.

import { EngineError } from '../errors'
import { advice, onBlank } from '../graph/advice'
import { meant } from '../graph/codes'
import { type Graph, valueOf } from '../graph/reads'
import { type Phrase, phrase } from '../locale/locale'
import { byCodePoint } from '../model/order'
import { BASE, PREFIXES, short, SRC, STDGC, XSD } from '../model/vocabulary'
import { closeMatches, nearest } from '../storage/nearest'
import { type Element, Taken, Unreadable } from '../storage/patterns'
import type { Token } from '../storage/tokens'

const OURS = 'https://w3id.org/stdgraph/'
const GRAPH = 'https://w3id.org/stdgraph/graph/'
const MOST_TERMS = 200
const MOST_TOLD = 5
const MOST_PARTS = 200
const SECONDS = 5

/** What to tell of a place in a query. */
export interface Hint {
  readonly at: number
  readonly told: Phrase
}
/** Asks an ASK query within limits; throws EngineError. */
export type Asks = (text: string) => Promise<boolean>

/**
 * Returns what to tell of a query that ran. `ask` is given where the answer was empty: then the pattern that found
 * nothing is looked for. `blank` are variables that have no value in any row.
 */
export async function hints(graph: Graph, text: string, ask: Asks | null = null, blank: readonly string[] = []): Promise<Hint[]> {
  const taken = new Taken(text)
  if (taken.form < 0) return []
  const found = [...(await unknownTerms(graph, taken)), ...first(unbound(taken)), ...first(withoutValue(taken, blank))]
  return ask ? [...found, ...(await foundNothing(graph, taken, ask))] : found
}

function first(found: Iterable<Hint>): Hint[] {
  return [...found].slice(0, MOST_TOLD)
}

/** Returns a message for each name in a query that the graph does not know, with the nearest that it knows. */
async function unknownTerms(graph: Graph, taken: Taken): Promise<Hint[]> {
  const named = new Map<string, Token>()
  for (const [token, iri] of [...names(taken)].slice(0, MOST_TERMS)) if (!named.has(iri)) named.set(iri, token)
  const known = new Set((await graph.read('in-use', named.keys())).map(row => valueOf(row, 'x')))
  const found: Hint[] = []
  for (const [iri, token] of named) {
    if (known.has(iri) || found.length === MOST_TOLD) continue
    const codes = await called(graph, iri)
    const near = (codes.length ? codes : await nearestTo(graph, iri, standsAs(taken, token))).map(other => written(other, token)).join(', ')
    const term = token.text.slice(0, 200)
    const told = near
      ? phrase('the graph does not know {term}; nearest: {names}', { term, names: near })
      : phrase('the graph does not know {term}', { term })
    found.push({ at: token.start, told })
  }
  return found
}

/** Yields the names in a query that the graph could know, whole: none of functions, datatypes, other vocabularies. */
function* names(taken: Taken): Iterable<[Token, string]> {
  const spaces = new Map(Object.entries(PREFIXES))
  let base = BASE
  for (const [at, token] of taken.tokens.entries()) {
    const before = taken.sign(at - 1)
    const inside = token.text.slice(1, -1)
    if (token.kind === 'iri' && before === 'BASE') base = whole(base, inside)
    else if (token.kind === 'iri' && taken.sign(at - 2) === 'PREFIX') spaces.set(taken.token(at - 1).text.replace(/:+$/, ''), whole(base, inside))
    else if ((token.kind === 'iri' || token.kind === 'name') && before !== 'PREFIX' && before !== '^' && taken.sign(at + 1) !== '(') {
      const iri = token.kind === 'iri' ? whole(base, inside) : prefixed(spaces, token.text)
      if (iri && !iri.startsWith(XSD) && /^[^\s<>"{}|^`\\]+$/.test(iri) && space(iri)) yield [token, iri]
    }
  }
}

function prefixed(spaces: ReadonlyMap<string, string>, text: string): string {
  const colon = text.indexOf(':')
  const namespace = spaces.get(text.slice(0, colon))
  return namespace === undefined ? '' : namespace + text.slice(colon + 1).replace(/\\(.)/g, '$1')
}

/** Returns an IRI that may be relative to a base. */
function whole(base: string, iri: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(iri)) return iri
  if (/^[\w-]/.test(iri)) return base.slice(0, base.lastIndexOf('/') + 1) + iri
  try {
    return new URL(iri, base).href
  } catch {
    return ''
  }
}

/** Returns the namespace of an IRI that the project knows, nothing for others. */
function space(iri: string): string {
  const known = [BASE, GRAPH, SRC, STDGC, ...Object.values(PREFIXES)].find(one => iri.startsWith(one))
  return known ?? (iri.startsWith(OURS) ? OURS : '')
}

/** Returns the codes that the name of an unknown one means: `stdgc:mou` is `stdgc:agrtype-mou`. */
async function called(graph: Graph, iri: string): Promise<string[]> {
  if (!iri.startsWith(STDGC) || iri.length >= MOST_TERMS) return []
  const found = await meant(graph, iri.slice(STDGC.length))
  return found.map(code => code.iri).filter(one => one.startsWith(STDGC)).slice(0, MOST_TOLD)
}

/** Returns what the local name of a term begins with where this one stands: a capital behind `a`, none in a verb's place. */
function standsAs(taken: Taken, token: Token): RegExp {
  const at = taken.tokens.indexOf(token)
  const [before = '', after = ''] = [at - 1, at + 1].map(n => taken.tokens[n]?.text)
  if (before === 'a' || before === 'rdf:type') return /^\p{Lu}/u
  const last = ['.', ';', ',', '}', ']', ')', ''].includes(after)
  return last || ['.', '{', ''].includes(before) ? /^\p{L}/u : /^\p{Ll}/u
}

/** Returns the IRIs of a namespace that come nearest to one that is not known and stand in the same places, best first. */
async function nearestTo(graph: Graph, iri: string, fits: RegExp): Promise<string[]> {
  const begin = space(iri)
  const all = (await candidates(graph, begin)).filter(one => one.startsWith(begin)).sort(byCodePoint)
  const fit = [BASE, SRC, STDGC, GRAPH].includes(begin) ? [] : all.filter(one => fits.test(one.slice(begin.length)))
  const known = fit.length ? fit : all
  return nearest(iri.slice(begin.length), known.map(one => one.slice(begin.length))).map(at => known[at] as string)
}

async function candidates(graph: Graph, begin: string): Promise<string[]> {
  if ([BASE, SRC, STDGC].includes(begin)) return graph.names.all.map(one => one.iri)
  return (await graph.read(begin === GRAPH ? 'graphs' : 'vocabulary', null)).map(row => valueOf(row, 'x'))
}

/** Returns an IRI as it goes into the query, in the manner of the one that it replaces. */
function written(iri: string, token: Token): string {
  if (iri.startsWith(BASE) && !token.text.includes('://')) return `<${short(iri)}>`
  return token.kind === 'name' && short(iri).includes(':') ? short(iri) : `<${iri}>`
}

/** Yields a message for each variable that a SELECT names and no pattern does, with the nearest. */
function* unbound(taken: Taken): Iterable<Hint> {
  const counted = new Map<string, number>()
  for (const { kind, text } of taken.tokens) if (kind === 'var') counted.set(text.slice(1), (counted.get(text.slice(1)) ?? 0) + 1)
  const [opened] = taken.where(taken.form)
  if (taken.sign(taken.form) === 'ASK' || taken.sign(taken.form + 1) === '{' || opened < 0) return
  for (let at = taken.form + 1; at < opened; at = taken.close(at) + 1) {
    const { kind, text, start } = taken.token(at)
    if (kind !== 'var' || counted.get(text.slice(1)) !== 1) continue
    const others = [...counted.keys()].filter(name => name !== text.slice(1)).slice(0, MOST_TERMS)
    const near = closeMatches(text.slice(1, 41), others, 2, 0.5).map(name => `?${name}`).join(', ')
    const term = text.slice(0, 100)
    const told = near
      ? phrase('no pattern has the variable {term}; nearest: {names}', { term, names: near })
      : phrase('no pattern has the variable {term}', { term })
    yield { at: start, told }
  }
}

/** Yields a message for each variable without any value, and why that may be; none for those that no pattern has. */
function* withoutValue(taken: Taken, blank: readonly string[]): Iterable<Hint> {
  for (const name of blank) {
    const found = [...taken.tokens.entries()].filter(([, token]) => token.kind === 'var' && token.text.slice(1) === name)
    const [at, token] = found[0] ?? []
    if (at === undefined || token === undefined || (found.length < 2 && taken.sign(at - 1) !== 'AS')) continue
    const told = phrase('{name} has no value in any row', { name: token.text.slice(0, 100) })
    const cause = onBlank(taken)
    yield { at: token.start, told: cause ? phrase('{told}: {cause}', { told, cause }) : told }
  }
}

/** Finds out whether some parts of a group find anything together; throws where it takes too long. */
type Finds = (parts: readonly string[]) => Promise<boolean>

class TooLate extends Error {}

/**
 * Returns which part of an empty query found nothing, and what to write: the first that leaves nothing of those before
 * it. That is looked for by halves: each part narrows what the ones before it find. Filters come last.
 */
async function foundNothing(graph: Graph, taken: Taken, ask: Asks): Promise<Hint[]> {
  const [opened, dataset] = taken.where(taken.form)
  if (opened < 0) return []
  const until = Date.now() + 1000 * SECONDS
  const finds: Finds = async parts => {
    if (Date.now() > until) throw new TooLate()
    return ask(`${taken.prologue}\nASK ${dataset}WHERE {\n${parts.join('\n')}\n}`)
  }
  try {
    return await guilty(graph, taken, opened, finds)
  } catch (fault) {
    if (fault instanceof EngineError || fault instanceof TooLate || fault instanceof Unreadable) return []
    throw fault
  }
}

/** Returns that HAVING left out what the patterns found, where there is one. */
function having(taken: Taken): Hint[] {
  const found = taken.tokens.filter(token => token.upper === 'HAVING').slice(0, 1)
  return found.map(token => ({ at: token.start, told: phrase('no group passes HAVING') }))
}

async function guilty(graph: Graph, taken: Taken, opened: number, finds: Finds): Promise<Hint[]> {
  const before: string[] = []
  for (let inside = opened; ; ) {
    const all = taken.elements(inside).slice(0, MOST_PARTS)
    const parts = [...all.filter(part => part.kind !== 'filter'), ...all.filter(part => part.kind === 'filter')]
    const texts = parts.map(part => (part.kind === 'triple' ? `${part.text} .` : part.text))
    if (!before.length && (await finds(texts))) return having(taken)
    let [low, high] = [0, texts.length]
    while (high - low > 1) {
      const half = Math.floor((low + high) / 2)
      if (await finds([...before, ...texts.slice(0, half)])) low = half
      else high = half
    }
    const part = parts[high - 1]
    if (!part) return []
    before.push(...texts.slice(0, high - 1))
    if (part.kind !== 'group') {
      const isAlone = !before.length || (part.kind === 'triple' && !(await finds([texts[high - 1] as string])))
      const right = advice(graph, taken, part)
      return [said(part, isAlone), ...(right ? [right] : [])].map(told => ({ at: part.start, told }))
    }
    inside = part.opened
  }
}

function said(part: Element, isAlone: boolean): Phrase {
  const text = part.text.split(/\s+/).filter(Boolean).join(' ')
  const pattern = text.length <= 160 ? text : `${text.slice(0, 160)} …`
  if (part.kind === 'filter') return phrase('nothing that the patterns find passes {pattern}', { pattern })
  if (isAlone) return phrase('nothing in the graph fits {pattern}', { pattern })
  return phrase('nothing fits {pattern} together with what stands before it', { pattern })
}
