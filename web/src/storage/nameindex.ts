// The index of names in memory: what stdgraph/storage/indexing.py writes into SQLite, made of what the bundle holds.

import { byCodePoint } from '../model/order'
import { key, words } from '../model/spelling'
import { BASE } from '../model/vocabulary'
import type { Named, Names } from './names'

/** A name of a thing; its number is its place among all. */
export interface NameRow {
  readonly thing: Named
  /** Its thing's place among all things. */
  readonly at: number
  readonly key: string
  readonly text: string
  readonly tag: string
  readonly rank: number
  /** Its words; none where it is of a standard of a pack. */
  readonly words: readonly string[]
}

/** All names, with the lists in which they are looked up. Names of the standards of packs stand last, the shortest first. */
export class NameIndex {
  readonly rows: readonly NameRow[]
  /** Number of the first name of the standards of packs. */
  readonly bulk: number
  /** Names by their key, in their order. */
  readonly called = new Map<string, number[]>()
  /** Names by a word that they hold, in their order. */
  readonly holding = new Map<string, number[]>()
  /** Names of each thing, by its place. */
  readonly of = new Map<number, number[]>()
  /** All words, in order. */
  readonly vocabulary: readonly string[]
  /** Names in the order of their keys. */
  readonly sorted: Uint32Array

  constructor(readonly names: Names) {
    const [own, packs] = rowsOf(names)
    this.rows = [...own, ...packs]
    this.bulk = own.length
    this.rows.forEach((row, number) => {
      add(this.called, row.key, number)
      add(this.of, row.at, number)
    })
    let last = -1
    own.forEach((row, number) => {
      const ofId = row.at !== last && row.thing.iri.startsWith(BASE) ? words(row.thing.iri.slice(BASE.length)) : []
      for (const word of new Set([...row.words, ...ofId])) add(this.holding, word, number)
      last = row.at
    })
    this.vocabulary = [...this.holding.keys()].sort(byCodePoint)
    const keys = this.rows.map(row => row.key)
    this.sorted = Uint32Array.from(keys.keys()).sort((a, b) => byCodePoint(keys[a] as string, keys[b] as string) || a - b)
  }

  /** In how many names a word stands. */
  count(word: string): number {
    return this.holding.get(word)?.length ?? 0
  }

  /** Returns the numbers of the names whose key begins so, in the order of keys. */
  *beginning(text: string): Generator<number> {
    for (let at = first(this.sorted.length, place => byCodePoint(this.key(place), text) < 0); at < this.sorted.length; at++) {
      if (!this.key(at).startsWith(text)) return
      yield this.sorted[at] as number
    }
  }

  /** Returns the words that begin so and are longer, in order. */
  longer(word: string, most: number): string[] {
    const all = this.vocabulary
    const found: string[] = []
    for (let at = first(all.length, place => byCodePoint(all[place] as string, word) <= 0); at < all.length && found.length < most; at++) {
      if (!(all[at] as string).startsWith(word)) break
      found.push(all[at] as string)
    }
    return found
  }

  private key(place: number): string {
    return (this.rows[this.sorted[place] as number] as NameRow).key
  }
}

/** Returns all names, apart those of the standards of packs. */
function rowsOf(names: Names): [NameRow[], NameRow[]] {
  const [own, packs]: [NameRow[], NameRow[]] = [[], []]
  names.all.forEach((thing, at) => {
    for (const [text, tag, rank, isBulk] of thing.names) {
      const row = { thing, at, key: key(text), text, tag, rank, words: isBulk ? [] : words(text) }
      ;(isBulk ? packs : own).push(row)
    }
  })
  return [own, packs.sort((a, b) => a.key.length - b.key.length)]
}

function add<K>(lists: Map<K, number[]>, name: K, number: number): void {
  const known = lists.get(name)
  if (known) known.push(number)
  else lists.set(name, [number])
}

/** Returns the first of some places that is not before. */
function first(size: number, isBefore: (place: number) => boolean): number {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
