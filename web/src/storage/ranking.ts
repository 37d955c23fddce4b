// Names ranked by what people type: the twin of stdgraph/storage/ranking.py, whose numbers the bundle brings.

import type { RankingData } from '../bundle/bundle'
import { likest, type Like } from '../model/likeness'
import { byCodePoint } from '../model/order'
import { HAN, key, words } from '../model/spelling'
import { BASE } from '../model/vocabulary'
import type { NameIndex, NameRow } from './nameindex'

const DIGIT = /\p{Nd}/gu
const ONLY_DIGITS = /^\p{Nd}+$/u

export interface Score {
  /** From 0 to 1. */
  readonly value: number
  /** Whether it holds all that was typed, rightly spelt. */
  readonly isWhole: boolean
}

/** What was typed, with the words of the index that may be meant by each of its words, and how surely. */
export class Typed {
  readonly key: string
  readonly text: string
  readonly words: readonly string[]
  private readonly han: string
  private readonly variants = new Map<string, ReadonlyMap<string, number>>()
  private readonly meant = new Map<string, [string, number][]>()
  private readonly weights = new Map<string, number>()
  private readonly weight: number
  private readonly likeness = new Map<string, number>()

  constructor(private readonly index: NameIndex, private readonly rules: RankingData, text: string) {
    this.key = key(text)
    this.text = text.trim()
    const found = [...new Set(words(text))]
    this.words = found.length <= rules.MANY ? found : found.sort((a, b) => b.length - a.length).slice(0, rules.MANY)
    this.han = words(text).filter(isHan).join('').slice(0, rules.MANY)
    for (const word of this.words) this.learn(word)
    this.weight = sum(this.weights.values()) || 1
  }

  private learn(word: string): void {
    const variants = this.variantsOf(word)
    this.variants.set(word, variants)
    for (const [variant, likeness] of variants) {
      const known = this.meant.get(variant)
      if (known) known.push([word, likeness])
      else this.meant.set(variant, [[word, likeness]])
    }
    this.weights.set(word, Math.max(...[word, ...variants.keys()].map(one => this.rarity(one))))
  }

  /** How much a word tells: the logarithm of how many names there are for each that holds it. */
  private rarity(word: string): number {
    return Math.log(1 + (this.index.bulk + 1) / (this.index.count(word) || 1))
  }

  /** Returns the words that may be meant: itself, longer ones that begin so, and where there is neither, like ones. */
  private variantsOf(word: string): Map<string, number> {
    const found = new Map([[word, 1]])
    if (isHan(word) || ONLY_DIGITS.test(word)) return found
    if (word.length >= this.rules.LETTERS - 1) {
      for (const longer of this.index.longer(word, this.rules.BEGINNINGS)) found.set(longer, 0.6 + (0.3 * word.length) / longer.length)
    }
    if (found.size > 1 || this.index.count(word)) return found
    return new Map([...found, ...this.alikeTo(word)])
  }

  private alikeTo(word: string): [string, number][] {
    const { LETTERS, FEW, ALIKE } = this.rules
    if (word.length < LETTERS) return []
    const near = this.index.vocabulary.filter(one => one.length >= Math.max(LETTERS - 1, word.length - 2) && one.length <= word.length + 2)
    return likest(word, near, FEW, ALIKE).map(({ text, ratio }) => [text, (0.9 * ratio) / 100])
  }

  /** Returns the things whose names hold the rarest of the words, the best first. */
  things(isWanted: (row: NameRow) => boolean): number[] {
    const { POSTINGS, THINGS } = this.rules
    const sums = new Map<string, { length: number; at: number; held: Map<string, number> }>()
    const weightOf = (word: string) => this.weights.get(word) as number
    let left = POSTINGS
    for (const word of [...this.words].sort((a, b) => weightOf(b) - weightOf(a) || byCodePoint(a, b))) {
      for (const [variant, likeness] of this.variants.get(word) as ReadonlyMap<string, number>) {
        for (const number of this.index.holding.get(variant) ?? []) {
          if (left <= 0) break
          const row = this.index.rows[number] as NameRow
          if (!isWanted(row)) continue
          left--
          const name = `${row.key.length} ${row.at}`
          const entry = sums.get(name) ?? { length: row.key.length, at: row.at, held: new Map<string, number>() }
          sums.set(name, entry)
          entry.held.set(word, Math.max(entry.held.get(word) ?? 0, likeness * weightOf(word)))
        }
      }
      if (left <= 0) break
    }
    const ranked = [...sums.values()].map(one => ({ one, value: sum(one.held.values()) }))
    ranked.sort((a, b) => b.value - a.value || a.one.length - b.one.length || a.one.at - b.one.at)
    return [...new Set(ranked.slice(0, 4 * THINGS).map(({ one }) => one.at))].slice(0, THINGS)
  }

  /** Returns the keys of names, but of the standards of packs, that are spelt much like what was typed: another number is no slip. */
  alike(): string[] {
    const size = this.key.length
    if (size < this.rules.LETTERS || size > this.rules.LONGEST || HAN.test(this.key)) return []
    const number = digits(this.key)
    const keys = new Set<string>()
    for (let at = 0; at < this.index.bulk; at++) {
      const one = (this.index.rows[at] as NameRow).key
      if (Math.abs(one.length - size) <= 2 && digits(one) === number) keys.add(one)
    }
    const found = likest(this.key, [...keys].sort(byCodePoint), this.rules.FEW, this.rules.ALIKE)
    for (const { text, ratio } of found) this.likeness.set(text, ratio / 100)
    return found.map((one: Like) => one.text)
  }

  /** Returns how well a name with these words fits; `more` are words of the thing's id, which count less. */
  score(nameKey: string, held: readonly string[], more: readonly string[]): Score {
    const matched = this.matched(held)
    const order = this.han ? orderOf(this.han, held.filter(isHan).join(''), this.rules) : 1
    const besides = this.matched(more)
    const covered = this.words.map(word => {
      const inside = nameKey.includes(word) ? this.rules.INSIDE : 0
      return (this.weights.get(word) as number) * Math.max(matched.get(word) ?? 0, 0.8 * (besides.get(word) ?? 0), inside)
    })
    const coverage = sum(covered) / this.weight
    const each = [...new Set(held)]
    const total = sum(each.map(word => this.rarity(word))) || 1
    const used = sum(each.filter(word => this.meant.has(word)).map(word => this.rarity(word)))
    const begun = this.key && nameKey.startsWith(this.key) ? 0.4 + (0.4 * this.key.length) / nameKey.length : 0
    const value = Math.max(coverage ** 2 * order * (0.6 + 0.4 * Math.min(used / total, 1)), begun, (this.likeness.get(nameKey) ?? 0) ** 2)
    return { value, isWhole: order > this.rules.SPLIT && this.words.every(word => matched.get(word) === 1) }
  }

  /** Tells whether a name is spelt like what was typed, or holds a word that is spelt like one of it. */
  isAlike(nameKey: string, held: readonly string[]): boolean {
    const isSpelt = ([word, likeness]: [string, number]) => likeness < 1 && !held.some(one => one.startsWith(word))
    return this.likeness.has(nameKey) || held.some(word => this.meant.get(word)?.some(isSpelt) ?? false)
  }

  private matched(held: readonly string[]): Map<string, number> {
    const found = new Map<string, number>()
    for (const word of held) {
      for (const [typed, likeness] of this.meant.get(word) ?? []) found.set(typed, Math.max(found.get(typed) ?? 0, likeness))
    }
    return found
  }
}

/** Returns how much of the order of Chinese characters a name keeps. */
function orderOf(typed: string, held: string, { WITHIN, SHORTENED, ORDERED }: RankingData): number {
  if (held.includes(typed)) return WITHIN
  let at = 0
  for (const one of held) if (one === typed[at]) at++
  if (at === typed.length) return typed[0] === held[0] ? SHORTENED : ORDERED
  const pairs = new Set<string>()
  for (let place = 0; place + 1 < typed.length; place++) pairs.add(typed.slice(place, place + 2))
  return 0.55 + (pairs.size ? 0.3 * ([...pairs].filter(pair => held.includes(pair)).length / pairs.size) : 0)
}

/** Returns the words of an id: its years and codes are what people type, too. */
export function ofId(iri: string): string[] {
  return iri.startsWith(BASE) ? words(iri.slice(BASE.length)) : []
}

/** Returns how much the kind of a thing takes from its score. */
export function standing(kind: string, tier: number, { RECORDS, LESSER }: RankingData): number {
  return tier || RECORDS.includes(kind) ? 0.85 : LESSER.includes(kind) ? 0.95 : 1
}

function isHan(word: string): boolean {
  return HAN.test(word[0] ?? '')
}

function digits(text: string): string {
  return (text.match(DIGIT) ?? []).join('')
}

/** Returns a sum; the order counts, as it does in Python. */
export function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

