// Things that a question names, by any of their names, and countries by what is said of them.
// The twin of stdgraph/services/words/spotting.py.

import { byCodePoint, compare } from '../../model/order'
import { isAscii, key } from '../../model/spelling'
import { BASE } from '../../model/vocabulary'
import type { Named } from '../../storage/names'
import type { NameIndex, NameRow } from '../../storage/nameindex'
import type { Numbers } from './data'
import type { Language } from './language'

const PIECE = /[㐀-鿿豈-﫿]|[a-z]+|\p{Nd}+|[\p{L}\p{N}]/gu
/** So many things bear a name that is still one. */
const MOST = 4

/** A thing that a question names: how the question names it, where that begins and ends. */
export interface Spotted {
  readonly thing: Named
  readonly said: string
  readonly first: number
  readonly last: number
  readonly kinds: readonly string[]
}

/** What spotting needs to know. */
export interface Spotting {
  readonly index: NameIndex
  readonly language: Language
  readonly numbers: Numbers
}

/** Tells whether it is a thing, not a word of the ontology or a code. */
export function isThing({ thing }: Spotted): boolean {
  return thing.iri.startsWith(BASE)
}

/** Returns things in the order in which they are named. */
export function inOrder(found: readonly Spotted[]): Spotted[] {
  return [...found].sort((a, b) => a.first - b.first || byCodePoint(a.thing.iri, b.thing.iri))
}

/** Returns the countries of which a text speaks without their names: `British`, 中英; not inside what it names. */
export function countries({ index, language, numbers }: Spotting, folded: string, named: readonly Spotted[]): Spotted[] {
  const said: [string, number, number][] = []
  for (const found of folded.matchAll(/[a-z]+/g)) {
    const code = language.demonyms.get(found[0])
    if (code) said.push([code, found.index, found.index + found[0].length])
  }
  for (const run of folded.matchAll(new RegExp(`[${[...language.shorts.keys()].join('')}]{2,}`, 'g'))) {
    for (let at = run.index; at < run.index + run[0].length; at++) said.push([language.shorts.get(folded[at] as string) as string, at, at + 1])
  }
  const found: Spotted[] = []
  for (const [code, first, last] of said) {
    const isRegion = code.includes('/')
    const thing = index.names.get(isRegion ? BASE + code : `${BASE}country/${code}`)
    const isFree = named.every(one => !isThing(one) || last <= one.first || first >= one.last)
    const { REGION, COUNTRY } = numbers.spotting
    if (thing && isFree) found.push({ thing, said: folded.slice(first, last), first, last, kinds: isRegion ? REGION : COUNTRY })
  }
  return found
}

/** Returns a text with blanks around the things that it names, so that no pair of characters reaches across. */
export function apart(folded: string, found: readonly Spotted[]): string {
  const shorts = new Set(found.filter(one => isThing(one) && one.last - one.first === 1).map(one => one.first))
  const cuts = new Set(found.filter(one => isThing(one) && !shorts.has(one.first)).flatMap(one => [one.first, one.last]))
  for (const at of shorts) if (!shorts.has(at + 1)) cuts.add(at + 1)
  const places = [...cuts].sort((a, b) => a - b)
  const ends = [...places, folded.length]
  return [0, ...places].map((start, at) => folded.slice(start, ends[at])).join(' ')
}

/** Leaves out short words that are names only in capitals: `in` is not India, `IN` is. */
export function meant({ language, numbers }: Spotting, text: string, found: readonly Spotted[]): Spotted[] {
  const isOdd = ({ said }: Spotted) => isAscii(said) && (said.length <= numbers.spotting.CODE || language.empty.has(said))
  return found.filter(one => !isOdd(one) || isWord(one.said.toUpperCase(), text))
}

function isWord(said: string, text: string): boolean {
  for (let at = text.indexOf(said); at >= 0; at = text.indexOf(said, at + 1)) {
    const edge = (place: number) => isLetter(text[place - 1]) !== isLetter(text[place])
    if (edge(at) && edge(at + said.length)) return true
  }
  return false
}

function isLetter(one: string | undefined): boolean {
  return one !== undefined && /[\p{L}\p{N}_]/u.test(one)
}

/** Returns the things that a text names, the longest names first found, none inside another. */
export function spotted(by: Spotting, folded: string): Spotted[] {
  const spans = spansOf(folded, by.numbers)
  const found = namedBy(by, [...spans.keys()].filter(said => !/^\p{Nd}+$/u.test(said)))
  const best = [...found.keys()].flatMap(said => (spans.get(said) as Span[]).map(([start, end]) => [start - end, start, end, said] as const))
  best.sort((a, b) => compare(a, b))
  const taken: Span[] = []
  const chosen: Spotted[] = []
  for (const [, first, last, said] of best) {
    if (!taken.every(([start, end]) => first >= end || last <= start)) continue
    taken.push([first, last])
    for (const thing of found.get(said) as Named[]) chosen.push({ thing, said: folded.slice(first, last), first, last, kinds: thing.kinds })
  }
  return inOrder(chosen)
}

type Span = readonly [number, number]

/** Returns the keys of all parts of a text that may be a name, with the places where they stand. */
function spansOf(folded: string, { spotting: { MOST: most, NAME } }: Numbers): Map<string, Span[]> {
  const pieces = [...folded.matchAll(PIECE)].slice(0, most * 3)
  const spans = new Map<string, Span[]>()
  pieces.forEach((begin, at) => {
    let said = ''
    for (const piece of pieces.slice(at, at + NAME * 3)) {
      said += piece[0]
      const end = piece.index + piece[0].length
      if (said.length < 2 || !isWhole(folded, begin.index, end)) continue
      const known = spans.get(key(said))
      if (known) known.push([begin.index, end])
      else spans.set(key(said), [[begin.index, end]])
    }
  })
  return spans
}

/** Tells whether a span does not cut an English word or a number. */
function isWhole(text: string, start: number, end: number): boolean {
  return !isSame(text[start - 1], text[start]) && !isSame(text[end - 1], text[end])
}

function isSame(one = '', other = ''): boolean {
  const [a, b] = [/^[a-z]$/i, /^\p{Nd}$/u]
  return (a.test(one) && a.test(other)) || (b.test(one) && b.test(other))
}

/** Returns the things that bear names, by the keys of the names: those of the best rank and tier, at most so many. */
function namedBy({ index, numbers }: Spotting, keys: readonly string[]): Map<string, Named[]> {
  const chosen = new Map<string, Named[]>()
  for (const name of keys) {
    const ranks = new Map<Named, number>()
    for (const number of index.called.get(name) ?? []) {
      const { thing, rank } = index.rows[number] as NameRow
      ranks.set(thing, Math.min(ranks.get(thing) ?? Infinity, rank + thing.tier))
    }
    const best = Math.min(...ranks.values())
    const fit = [...ranks].filter(([thing, rank]) => rank <= best && !numbers.spotting.UNNAMED.includes(thing.kind)).map(([thing]) => thing)
    if (fit.length && fit.length <= MOST) chosen.set(name, fit.sort((a, b) => byCodePoint(a.iri, b.iri)))
  }
  return chosen
}
