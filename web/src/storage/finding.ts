// Things by name, best first: the twin of what stdgraph/storage/names.py finds, over the index in memory.

import type { FindingData } from '../bundle/bundle'
import { likest, partialRatio } from '../model/likeness'
import { byCodePoint } from '../model/order'
import { HAN, isEmpty, key, words } from '../model/spelling'
import { NameIndex, type NameRow } from './nameindex'
import { CODE, type Named, type Names } from './names'
import { ofId, standing, Typed } from './ranking'

/** Why a thing is found: it is called so, its name begins so, has all the words, is misspelt, has some of the words. */
export type Why = 'same' | 'begins' | 'words' | 'alike' | 'some'

export interface Found {
  readonly thing: Named
  /** The name that was found. */
  readonly matched: string
  readonly score: number
  readonly why: Why
}

interface Ranked extends Found {
  readonly isWhole: boolean
}

type Wanted = (row: NameRow) => boolean

/** Of misspelt names so much must be alike, of a part of one so much, in per cent; a part has so many letters at least. */
const [ALIKE, PART, LETTERS] = [50, 75, 4]

export class Finding {
  readonly index: NameIndex

  constructor(names: Names, private readonly rules: FindingData) {
    this.index = new NameIndex(names)
  }

  /** Returns things of some kinds (of all, if none is named) by name, best first. */
  find(text: string, kinds: readonly string[] = [], most = 20): Found[] {
    return this.ranked(text, kinds, most).slice(0, most)
  }

  /** Returns the thing that holds all the words of a name and fits best, and those that fit nearly as well. */
  meant(text: string, kinds: readonly string[] = []): Found[] {
    const { LONGEST, CANDIDATES } = this.rules.names
    if (text.length > LONGEST || /^[a-z]+\/\S+$/.test(text.trim())) return []
    const whole = this.ranked(text, kinds, CANDIDATES).filter(one => one.isWhole)
    return whole.filter(one => one.score > (whole[0] as Ranked).score - this.rules.ranking.CLEAR).slice(0, CANDIDATES)
  }

  /** Returns the things whose names come nearest to a misspelt one, best first. */
  nearest(text: string, kinds: readonly string[] = [], most = 5): Found[] {
    const found = this.find(text, kinds, most)
    return found.length ? found : this.like(text, wanted(kinds), most)
  }

  private like(text: string, isWanted: Wanted, most: number): Found[] {
    const rows = this.index.rows.slice(0, this.index.bulk).filter(row => !row.thing.tier && isWanted(row))
    const typed = key(text).slice(0, this.rules.names.LONGEST)
    const keys = rows.map(row => row.key)
    const hits = [...likest(typed, keys, most * 4, ALIKE)]
    if (typed.length >= LETTERS) {
      const long = keys.map((one, at) => ({ one, at })).filter(({ one }) => one.length >= typed.length)
      for (const { at, ratio } of likest(typed, long.map(({ one }) => one), most * 4, PART, partialRatio)) {
        hits.push({ text: '', at: (long[at] as { at: number }).at, ratio })
      }
    }
    const key_ = (at: number) => keys[at] as string
    hits.sort((a, b) => b.ratio - a.ratio || key_(a.at).length - key_(b.at).length || a.at - b.at)
    const best = new Map<Named, Found>()
    for (const { at, ratio } of hits) {
      const { thing, text: matched } = rows[at] as NameRow
      if (!best.has(thing)) best.set(thing, { thing, matched, score: ratio / 100, why: 'alike' })
    }
    return [...best.values()].slice(0, most)
  }

  private ranked(text: string, kinds: readonly string[], most: number): Ranked[] {
    const { LONGEST, MANY } = this.rules.names
    const sought = key(text).slice(0, LONGEST * MANY)
    if (!sought) return []
    const isWanted = wanted(kinds)
    const typed = new Typed(this.index, this.rules.ranking, this.cut(text).join(' '))
    const candidates = this.candidates(typed, sought, text, kinds, isWanted, most)
    const found = this.scored(typed, sought, candidates)
    if (found.length && (found[0] as Ranked).score >= this.rules.ranking.POOR) return found
    const alike = typed.alike().flatMap(one => this.called(one, isWanted))
    return this.scored(typed, sought, new Set([...candidates, ...alike]))
  }

  private scored(typed: Typed, sought: string, numbers: Iterable<number>): Ranked[] {
    const { INEXACT, WORTH } = this.rules.ranking
    const best = new Map<Named, Ranked>()
    const ids = new Map<Named, string[]>()
    const isCode = CODE.test(typed.text)
    for (const number of numbers) {
      const row = this.index.rows[number] as NameRow
      const { thing, text: matched } = row
      if (!ids.has(thing)) ids.set(thing, ofId(thing.iri))
      const share = standing(thing.kind, thing.tier, this.rules.ranking)
      const isSame = row.key === sought && !(isCode && matched.includes('.') !== typed.text.includes('.'))
      const held = row.words.length ? row.words : words(matched)
      const { value, isWhole } = isSame
        ? { value: 1 - (1 - share) * 0.5, isWhole: true }
        : scaled(typed.score(row.key, held, ids.get(thing) as string[]), share * INEXACT)
      const score = Number((value - row.rank * 0.01).toFixed(3))
      const known = best.get(thing)
      if (score < WORTH || (known && known.score >= score)) continue
      const why = isSame ? 'same' : row.key.startsWith(sought) ? 'begins' : isWhole ? 'words' : typed.isAlike(row.key, held) ? 'alike' : 'some'
      best.set(thing, { thing, matched, score, why, isWhole: isWhole || Boolean(known?.isWhole) })
    }
    const found = [...best.values()]
    return found.sort((a, b) => b.score - a.score || a.matched.length - b.matched.length || byCodePoint(a.thing.iri, b.thing.iri))
  }

  /** Returns names that may be meant: the same, those that begin so or hold the words, those of the likeliest things. */
  private candidates(typed: Typed, sought: string, text: string, kinds: readonly string[], isWanted: Wanted, most: number): Set<number> {
    const many = Math.max(most * 2, this.rules.ranking.THINGS)
    const found = new Set(this.called(sought, isWanted))
    for (const number of this.some(this.index.beginning(sought), isWanted, many)) found.add(number)
    if (!isEmpty(typed.words)) for (const number of this.holding(text, kinds, isWanted, many)) found.add(number)
    const named = typed.things(isWanted).flatMap(at => this.index.of.get(at) ?? []).sort((a, b) => a - b)
    for (const number of named.slice(0, this.rules.names.MOST * 4)) found.add(number)
    return found
  }

  private called(name: string, isWanted: Wanted): number[] {
    return this.some(this.index.called.get(name) ?? [], isWanted, this.rules.names.MOST)
  }

  /** Returns the shortest names that hold the words, those of the standards of packs apart. */
  private holding(text: string, kinds: readonly string[], isWanted: Wanted, most: number): number[] {
    const { rows, bulk } = this.index
    const parts = this.parts(text)
    const own: number[] = []
    for (let at = 0; at < bulk; at++) {
      const row = rows[at] as NameRow
      if (parts.every(part => row.key.includes(part)) && isWanted(row)) own.push(at)
    }
    const size = (at: number) => (rows[at] as NameRow).key.length
    const found = own.sort((a, b) => size(a) - size(b) || a - b).slice(0, most)
    if (kinds.length && !kinds.some(kind => this.rules.names.BULK_KINDS.includes(kind))) return found
    const last = found.length + this.rules.names.MOST
    for (let at = bulk; at < rows.length && found.length < last; at++) {
      const row = rows[at] as NameRow
      if (parts.every(part => row.key.includes(part)) && isWanted(row)) found.push(at)
    }
    return found
  }

  /** Returns what a name must hold: the words of a text; where all are too short for an index, the text without blanks. */
  private parts(text: string): string[] {
    const found = this.cut(text).map(key).filter(Boolean)
    const parts = found.length ? found : [key(text).slice(0, this.rules.names.LONGEST)]
    const isShort = parts.every(part => part.length < 3 && !HAN.test(part))
    return isShort && parts.join('').length >= 3 ? [parts.join('')] : parts
  }

  /** Returns the words of a text that are looked at: of very many the longest, each once, and of each the beginning. */
  private cut(text: string): string[] {
    const { MANY, LONGEST } = this.rules.names
    const typed = text.split(/\s+/).filter(Boolean)
    const some = typed.length > MANY ? [...new Set(typed)].sort((a, b) => b.length - a.length).slice(0, MANY) : typed
    return some.map(word => word.slice(0, LONGEST))
  }

  private some(numbers: Iterable<number>, isWanted: Wanted, most: number): number[] {
    const found: number[] = []
    for (const number of numbers) {
      if (found.length === most) break
      if (isWanted(this.index.rows[number] as NameRow)) found.push(number)
    }
    return found
  }
}

function wanted(kinds: readonly string[]): Wanted {
  return kinds.length ? row => row.thing.kinds.some(kind => kinds.includes(kind)) : () => true
}

function scaled({ value, isWhole }: { readonly value: number; readonly isWhole: boolean }, by: number) {
  return { value: value * by, isWhole }
}
