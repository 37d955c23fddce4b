// Narrowing an answer to the rows that hold the most of what was asked: a part of the twin of
// stdgraph/services/words/running.py.

import type { QuestionData } from '../../bundle/bundle'
import { byCodePoint } from '../../model/order'
import type { Told, Value } from '../../model/understood'
import { short } from '../../model/vocabulary'
import { sum } from '../../storage/ranking'
import { type Ranking, Weights } from './ranking'
import { tokens } from './tokens'
import type { Wording } from './wording'

/** Returns the places of the rows that hold the most of what was asked, the best first; nothing where all are kept as they are. */
export function narrowed(by: Ranking, wording: Wording, told: Told): number[] | undefined {
  const { MOST, WORTH } = by.numbers.running
  const asked = by.profiles.questions.find(one => one.name === told.question) as QuestionData
  const left = leftOver(by, new Weights(by, wording), asked, told.given)
  if (told.rows.length <= MOST || !left.size) return undefined
  const values = told.rows.map(row => valueOf(by, row, left))
  const best = Math.max(...values)
  if (!best) return undefined
  const order = [...values.keys()].sort((a, b) => (values[b] as number) - (values[a] as number) || a - b)
  return order.filter(at => (values[at] as number) >= WORTH * best).slice(0, MOST)
}

/** Returns how much of some words each row of an answer holds, from 0 to 1; what was asked of stands in each. */
export function shares(by: Ranking, wording: Wording, { given, rows }: Told): number[] {
  const { of, total } = new Weights(by, wording)
  const said = given.flatMap(value => (typeof value === 'string' ? [] : by.answers.wordsOf(value.iri)))
  return rows.map(row => worth(new Set([...said, ...wordsOf(by, row)]), of) / total)
}

/** Returns the words that neither the arguments nor the title say, which hold for every row. */
function leftOver({ answers }: Ranking, weights: Weights, asked: QuestionData, given: readonly Value[]): Map<string, number> {
  const said = new Set(Object.values(asked.title).flatMap(tokens))
  for (const value of given) {
    const isThing = typeof value !== 'string'
    for (const word of isThing ? [...answers.wordsOf(value.iri), `~${short(value.iri)}`] : tokens(value)) said.add(word)
  }
  return new Map([...weights.of].filter(([word]) => !said.has(word)))
}

function valueOf(by: Ranking, row: readonly Value[], weights: ReadonlyMap<string, number>): number {
  const { MORE, LENGTHY } = by.numbers.running
  const held = wordsOf(by, row)
  return worth(held, weights) * (1 - MORE * Math.min(held.size, LENGTHY))
}

function worth(held: ReadonlySet<string>, weights: ReadonlyMap<string, number>): number {
  return sum([...held].filter(word => weights.has(word)).sort(byCodePoint).map(word => weights.get(word) as number))
}

/** Returns the words of a row, those of its things from the index. */
function wordsOf({ answers }: Ranking, row: readonly Value[]): Set<string> {
  const held = new Set<string>()
  for (const value of row) {
    const known = typeof value === 'string' ? [] : answers.wordsOf(value.iri)
    for (const word of known.length ? known : tokens(typeof value === 'string' ? value : value.label)) held.add(word)
  }
  return held
}
