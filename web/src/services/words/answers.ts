// The index of answers: the rows of all questions by the words in them, made of the things and texts that they hold.
// The twin of stdgraph/services/words/indexing.py and stdgraph/storage/answers.py.

import { expand, short } from '../../model/vocabulary'
import type { NameIndex, NameRow } from '../../storage/nameindex'
import type { WordsData } from './data'
import { tokens } from './tokens'

/** Rows of one question with some arguments. */
export interface Block {
  readonly question: string
  readonly given: Readonly<Record<string, string>>
  readonly first: number
  readonly size: number
}

export class Answers {
  readonly blocks: readonly Block[]
  readonly size: number
  /** Rows by a word, in order. */
  readonly postings: ReadonlyMap<string, readonly number[]>
  private readonly terms = new Map<string, readonly string[]>()
  private readonly countries = new Map<string, string>()

  constructor(data: WordsData, private readonly index: NameIndex) {
    let first = 0
    this.blocks = data.blocks.map(([question, given, size]) => ({ question, given, first: (first += size) - size, size }))
    this.size = first
    index.names.all.forEach((thing, at) => {
      if (thing.country && thing.iri.endsWith(`country/${thing.country}`) && this.isOwn(at)) this.countries.set(thing.country, thing.iri)
    })
    const places = new Map(index.names.all.map((thing, at) => [thing.iri, at]))
    const held = data.things.map(([id, steps]) => ({ words: this.learn(expand(id), places), steps }))
    this.postings = posted(first, [...held, ...data.texts.map(([text, steps]) => ({ words: tokens(text), steps }))])
  }

  /** Returns the words of a thing that stands in an answer; nothing for another one. */
  wordsOf(iri: string): readonly string[] {
    return this.terms.get(iri) ?? []
  }

  private learn(iri: string, places: ReadonlyMap<string, number>): readonly string[] {
    const at = places.get(iri)
    if (at === undefined) return []
    const found = new Set([`=${short(iri)}`])
    for (const number of this.index.of.get(at) ?? []) {
      if (number < this.index.bulk) for (const word of tokens((this.index.rows[number] as NameRow).text)) found.add(word)
    }
    const country = this.countries.get(this.index.names.get(iri)?.country ?? '')
    if (country && country !== iri) found.add(`~${short(country)}`)
    this.terms.set(iri, [...found])
    return [...found]
  }

  private isOwn(at: number): boolean {
    return (this.index.of.get(at) ?? []).some(number => number < this.index.bulk)
  }
}

/** Returns the rows that hold each word, in order and each once. */
function posted(size: number, held: readonly { readonly words: readonly string[]; readonly steps: readonly number[] }[]): Map<string, readonly number[]> {
  const rows: (readonly string[])[][] = Array.from({ length: size }, () => [])
  for (const { words, steps } of held) {
    let at = 0
    for (const step of steps) rows[(at += step)]?.push(words)
  }
  const found = new Map<string, number[]>()
  rows.forEach((lists, at) => {
    for (const words of lists) {
      for (const word of words) {
        const known = found.get(word)
        if (!known) found.set(word, [at])
        else if (known.at(-1) !== at) known.push(at)
      }
    }
  })
  return found
}
