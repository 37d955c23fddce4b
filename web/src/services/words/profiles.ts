// The words of each question, and what they tell: a part of the twin of stdgraph/services/words/ranking.py.

import type { QuestionData } from '../../bundle/bundle'
import { isAscii } from '../../model/spelling'
import { sum } from '../../storage/ranking'
import type { Numbers } from './data'
import type { Spotted } from './spotting'
import { tokens } from './tokens'
import type { Wording } from './wording'

export class Profiles {
  /** How much a word tells: of how few questions it is. */
  readonly rarity: ReadonlyMap<string, number>
  private readonly profiles: ReadonlyMap<string, ReadonlyMap<string, number>>
  private readonly phrases: ReadonlyMap<string, readonly (readonly string[])[]>

  constructor(readonly questions: readonly QuestionData[], private readonly rules: Numbers['ranking']) {
    this.profiles = new Map(questions.map(one => [one.name, profileOf(one, rules)]))
    this.phrases = new Map(questions.map(one => [one.name, [...Object.values(one.title), ...alsoOf(one)].map(tokens)]))
    const counts = new Map<string, number>()
    for (const profile of this.profiles.values()) for (const word of profile.keys()) counts.set(word, (counts.get(word) ?? 0) + 1)
    this.rarity = new Map([...counts].map(([word, count]) => [word, Math.log(1 + questions.length / count)]))
  }

  /** Returns the words of a question, with how much each counts there. */
  of(name: string): ReadonlyMap<string, number> {
    return this.profiles.get(name) as ReadonlyMap<string, number>
  }

  /** Returns for each question how much of the words that questions are told in its own words hold. */
  ofWords(wording: Wording): Map<string, number> {
    const naming = (one: Spotted) => tokens(one.said).filter(word => wording.inside.length || isPiece(one, word))
    const inside = new Set(wording.spotted.flatMap(naming))
    const known = wording.words.filter(word => this.rarity.has(word) && !inside.has(word))
    const weight = (word: string) => this.rarity.get(word) as number
    const total = sum(known.map(weight)) || 1
    const share = (profile: ReadonlyMap<string, number>) => sum(known.map(word => weight(word) * (profile.get(word) ?? 0))) / total
    return new Map([...this.profiles].map(([name, profile]) => [name, share(profile)]))
  }

  /** Tells whether the title of a question, or how people ask it, says all the words that name nothing. */
  isWhole(name: string, { asking }: Wording): boolean {
    const profile = this.of(name)
    return asking.length > 0 && asking.every(word => (profile.get(word) ?? 0) >= this.rules.TITLE)
  }

  /** Returns for each question how much of its title, or of a way to ask it, words say: of the one that they say best. */
  ofTitles(wording: Wording): Map<string, number> {
    const said = new Set([...wording.words, ...tokens(wording.text)])
    const weight = (word: string) => this.rarity.get(word) as number
    const share = (phrase: readonly string[]) => {
      const total = sum(phrase.map(weight))
      return total ? sum(phrase.filter(word => said.has(word)).map(weight)) / total : 0
    }
    return new Map([...this.phrases].map(([name, phrases]) => [name, Math.max(0, ...phrases.map(share))]))
  }
}

function alsoOf(asked: QuestionData): string[] {
  return Object.values(asked.also).flat()
}

function profileOf(asked: QuestionData, { TITLE, ALSO, COLUMN, TOLD }: Numbers['ranking']): Map<string, number> {
  const told: readonly (readonly [number, readonly string[]])[] = [
    [TITLE, [...Object.values(asked.title), asked.name.replaceAll('-', ' ')]],
    [ALSO, alsoOf(asked)],
    [COLUMN, asked.columns.flatMap(column => Object.values(column.about))],
    [TOLD, Object.values(asked.description)],
  ]
  const profile = new Map<string, number>()
  for (const [weight, texts] of told) {
    for (const word of texts.flatMap(tokens)) profile.set(word, Math.max(profile.get(word) ?? 0, weight))
  }
  return profile
}

/** Tells whether a pair of characters is cut out of the name of an actor: 标准 in 国家标准委 asks for no standard. */
function isPiece(named: Spotted, word: string): boolean {
  return named.kinds.includes('Actor') && !isAscii(word)
}
