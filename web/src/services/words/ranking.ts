// Which canned question, with which arguments, fits words best: by its own words, by its rows, by the kind of answer.
// The twin of stdgraph/services/words/ranking.py.

import type { QuestionData } from '../../bundle/bundle'
import { datatypeOf } from '../../graph/questions'
import { byCodePoint, compare } from '../../model/order'
import type { Given } from '../../model/understood'
import { sum } from '../../storage/ranking'
import type { Answers } from './answers'
import type { Numbers } from './data'
import { fillings, needed } from './filling'
import type { Profiles } from './profiles'
import { isThing } from './spotting'
import type { Wording } from './wording'

/** A question with the arguments that it needs, and how well it fits: from its rows, its own words, its kind of answer. */
export interface Candidate {
  readonly question: QuestionData
  readonly given: Given
  readonly score: number
  readonly parts: Readonly<Record<string, number>>
}

/** What ranking needs to know. */
export interface Ranking {
  readonly answers: Answers
  readonly profiles: Profiles
  readonly numbers: Numbers
}

/** How much of the words the rows of a question hold, with some arguments. */
interface Held {
  readonly share: number
  readonly given: Given
}

/** How much each word of a wording tells: the logarithm of how many rows there are for each that holds it. */
export class Weights {
  readonly of = new Map<string, number>()
  readonly total: number

  constructor(private readonly by: Ranking, wording: Wording) {
    const size = by.answers.size + 1
    for (const word of [...wording.tokens].sort(byCodePoint)) {
      const rows = by.answers.postings.get(word)
      if (rows) this.of.set(word, Math.log(1 + size / (1 + rows.length)))
    }
    const unknown = wording.words.filter(word => !this.knows(word) && /^[a-z]+$/i.test(word))
    this.total = sum(this.of.values()) + unknown.length * Math.log(1 + size) * by.numbers.ranking.UNKNOWN || 1
  }

  /** Tells whether a row or a question has a word. */
  knows(word: string): boolean {
    return this.of.has(word) || this.by.profiles.rarity.has(word)
  }
}

/** Returns the questions that may be meant, the best first. */
export function ranked(by: Ranking, wording: Wording, weights: Weights): Candidate[] {
  const { SHARES, BLOCKS } = by.numbers.ranking
  const found = ofRows(by, weights)
  const own = by.profiles.ofWords(wording)
  const titles = by.profiles.ofTitles(wording)
  const candidates: Candidate[] = []
  for (const question of by.profiles.questions) {
    const { name } = question
    const kind = kindOf(question, wording.expects, by.numbers.ranking)
    const blocks = (found.get(name) ?? []).filter(held => isDatedSo(question, held, wording)).slice(0, BLOCKS)
    for (const { share, given } of blocks.length ? blocks : unindexed(by, question, wording, weights)) {
      const parts = {
        [blocks.length ? 'rows' : 'guess']: share,
        own: own.get(name) ?? 0,
        kind,
        fill: filled(by, question, given, wording),
        whole: Number(by.profiles.isWhole(name, wording) && (kind > 0 || !wording.expects.length)),
        title: titles.get(name) ?? 0,
      }
      const score = sum(Object.entries(parts).map(([part, value]) => (SHARES[part] as number) * value))
      candidates.push({ question, given, score: Number(score.toFixed(4)), parts })
    }
  }
  const args = (one: Candidate) => Object.entries(one.given).sort(compare)
  return candidates.sort((a, b) => b.score - a.score || compare([a.question.name, args(a)], [b.question.name, args(b)]))
}

/** Tells whether the year of a block is one that words name, where they name any. */
function isDatedSo(asked: QuestionData, { given }: Held, wording: Wording): boolean {
  const years = asked.parameters.filter(one => datatypeOf(one).endsWith('gYear')).flatMap(one => given[one.name] ?? [])
  return !wording.dates.length || years.every(year => wording.dates.includes(`@${year}`))
}

/**
 * Returns the arguments of a question whose rows are not indexed, or hold no word; nothing where it lacks one. That it
 * takes a thing counts as if its rows held the names of the thing; what its title says is said of each row.
 */
function unindexed(by: Ranking, asked: QuestionData, wording: Wording, weights: Weights): Held[] {
  const { filling, ranking: { SAID, TITLE } } = by.numbers
  const given = needed(asked, wording, filling)
  if (!given) return []
  const profile = by.profiles.of(asked.name)
  const taken = [...Object.values(given), ...Object.values(fillings(asked, given, wording, filling)[0] as Given)]
  const names = new Set([...taken.flatMap(iri => by.answers.wordsOf(iri)), ...taken.map(value => `@${value}`)])
  const held = [...weights.of].map(([word, value]) => {
    if (names.has(word) || word.startsWith('~')) return value
    return (profile.get(word) ?? 0) >= TITLE ? SAID * value : 0
  })
  return [{ share: sum(held) / weights.total, given }]
}

/** Returns for each question its best sets of arguments, with how much of the words their rows hold. */
function ofRows({ answers, numbers: { ranking: { MOST, WITHIN, BEST } } }: Ranking, weights: Weights): Map<string, Held[]> {
  const words = [...weights.of].sort(([, a], [, b]) => b - a)
  const values = new Float64Array(answers.size)
  const held = Array.from(values, (): number[] => [])
  words.forEach(([word, weight], at) => {
    for (const row of answers.postings.get(word) as readonly number[]) {
      values[row] = (values[row] as number) + weight
      held[row]?.push(at)
    }
  })
  const value = (row: number) => values[row] as number
  const found = new Map<string, Held[]>()
  for (const { question, given, first, size } of answers.blocks) {
    const rows: number[] = []
    for (let row = first; row < first + size; row++) if (held[row]?.length) rows.push(row)
    if (!rows.length) continue
    const some = rows.sort((a, b) => value(b) - value(a) || a - b).slice(0, MOST)
    const best = value(some[0] as number)
    const union = new Set(some.filter(row => value(row) >= WITHIN * best).flatMap(row => held[row] as number[]))
    const all = sum(words.filter((_, at) => union.has(at)).map(([, weight]) => weight))
    const share = (BEST * best + (1 - BEST) * all) / weights.total
    found.set(question, [...(found.get(question) ?? []), { share, given }])
  }
  const args = ({ given }: Held) => Object.entries(given).sort(compare)
  for (const each of found.values()) each.sort((a, b) => b.share - a.share || compare(args(a), args(b)))
  return found
}

/** Returns how many of the things and years that words name a question takes as arguments, from 0 to 1. */
function filled(by: Ranking, asked: QuestionData, given: Given, wording: Wording): number {
  const taken = Object.values({ ...given, ...fillings(asked, given, wording, by.numbers.filling)[0] })
  const things = wording.spotted.filter(one => isThing(one) || taken.includes(one.thing.iri)).map(one => one.thing.iri)
  const named = new Set([...things, ...wording.dates.map(date => date.slice(1, 5))])
  if (!named.size) return 0
  const told = new Set(taken.flatMap(value => [value, ...value.split('/')]))
  return [...named].filter(one => told.has(one)).length / named.size
}

type Rules = Numbers['ranking']

/** Returns for how many of the things that are asked a question has a column of the kind, from 0 to 1; the first counts more. */
function kindOf(asked: QuestionData, expects: Wording['expects'], rules: Rules): number {
  if (!expects.length) return 0
  const answers = new Set(asked.columns.map(column => column.answers).filter(Boolean))
  const first = new Set([asked.columns[0]?.answers ?? ''])
  const held = expects.map(kinds => best(kinds, answers, rules) + rules.LESS * best(kinds, first, rules))
  return sum(held) / (1 + rules.LESS) / expects.length
}

/** Returns how well answers are of one of some kinds; who is asked for is a person rather than a body. */
function best(kinds: readonly string[], answers: ReadonlySet<string>, rules: Rules): number {
  return Math.max(...kinds.map(kind => alike(kind, answers, rules) * (1 - rules.LESS * Number(kind === 'body' && kinds.length > 1))))
}

function alike(kind: string, answers: ReadonlySet<string>, { NEAR, NEARLY }: Rules): number {
  if (answers.has(kind)) return 1
  return (NEAR[kind] ?? []).some(one => answers.has(one)) ? NEARLY : 0
}
