// Questions in one's own words: the canned question that fits is found and run; nothing else ever is.
// With `also.ts` and `understanding.ts` the twin of stdgraph/services/words/__init__.py and running.py.

import type { AppData } from '../../bundle/bundle'
import { ParameterError, StdgraphError } from '../../errors'
import type { Graph } from '../../graph/reads'
import { type Lang, phrase } from '../../locale/locale'
import { type Cell, Entity, type Scalar, several, textOf } from '../../model/cells'
import type { Answer, Row } from '../../model/results'
import type { Given, Meant, Told, Understood, Value } from '../../model/understood'
import { ask } from '../ask'
import { also, namesOne } from './also'

/** The answer to words, the arguments that brought it, whether these are all that fit; `whole` is how many rows there are. */
export interface Found {
  readonly answer: Answer
  readonly given: Given
  readonly isWhole: boolean
  readonly whole: number
  /** Answers to what else was asked: "… and where is its secretariat?". */
  readonly also: readonly Found[]
}

/** No canned question fits words; `nearest` are the questions that come nearest, with their arguments. */
export class UnfitWordsError extends StdgraphError {
  constructor(readonly text: string, readonly nearest: readonly { readonly question: string; readonly given: Given }[], readonly other: Understood['other']) {
    super(phrase("No question fits '{text}'.", { text }))
  }
}

/** Answers words about a graph, in a language. */
export class Asker {
  constructor(readonly graph: Graph, private readonly lang: Lang) {}

  /** The numbers of the twin. */
  get numbers(): AppData['words'] {
    return this.graph.app.words
  }

  /** Returns the answer of the canned question that fits words best, narrowed to the rows that hold what was asked; throws UnfitWordsError. */
  async ask(text: string): Promise<Found> {
    const understood = await this.graph.seeker.understand(text)
    const found = understood.fits && !understood.other ? await this.best(understood, understood.meant) : undefined
    if (found) return { ...found, also: await also(this, understood, found) }
    const near = eachQuestion(understood.meant).filter(one => one.score > 0).slice(0, this.numbers.SUGGESTED - Number(Boolean(understood.other)))
    const nearest = near.map(one => ({ question: one.question, given: { ...one.given, ...one.tries[0] } }))
    throw new UnfitWordsError(understood.text, nearest, understood.other)
  }

  /** Returns the answers of the questions that fit words best and have rows, the best first, whether or not one fits well. */
  async suggestions(text: string, most = this.numbers.SUGGESTED): Promise<Found[]> {
    const understood = await this.graph.seeker.understand(text)
    const found: Found[] = []
    for (const one of eachQuestion(understood.meant)) {
      if (one.score <= 0 || found.length === most) break
      const answer = await this.found(understood, one)
      if (answer) found.push(answer)
    }
    return found
  }

  /** Returns the rows of an answer that hold the most of some words, the best first, where it has more than 30. */
  async narrowed(answer: Answer, text: string): Promise<Answer> {
    const order = await this.graph.seeker.narrow(text, toldOf(answer))
    return order ? { ...answer, rows: order.map(at => answer.rows[at] as Row) } : answer
  }

  /** Returns the answer of the best question that has rows for all that it takes; else of the best that has any. */
  async best(understood: Understood, meant: readonly Meant[]): Promise<Found | undefined> {
    let second: Found | undefined
    const { LAST, TRIED, NEAR, LEAST } = this.numbers
    for (const [at, one] of meant.slice(0, LAST).entries()) {
      if (second && (at >= TRIED || one.score < (meant[0] as Meant).score - NEAR)) break
      const found = await this.found(understood, one)
      if (!found || !(await namesOne(this, found.answer, understood))) continue
      if (found.isWhole) return found
      if (!second && (await this.most(found.answer, understood)) >= LEAST) second = found
    }
    return second
  }

  /** Returns the answer of a question; nothing where it has no row, or does not take what it is given. */
  private async found(understood: Understood, meant: Meant): Promise<Found | undefined> {
    try {
      return await this.run(understood, meant)
    } catch (error) {
      if (error instanceof ParameterError) return undefined
      throw error
    }
  }

  private async run(understood: Understood, meant: Meant): Promise<Found | undefined> {
    for (const more of meant.runs) {
      const given = { ...meant.given, ...more }
      const all = await ask(this.graph, meant.question, given, { lang: this.lang, hints: false })
      if (!all.rows.length) continue
      const answer = await this.narrowed(all, understood.text)
      const isWhole = Object.keys(more).length === Object.keys(meant.runs[0] as Given).length
      const rows = understood.limit ? answer.rows.slice(0, understood.limit) : answer.rows
      return { answer: { ...answer, rows }, given, isWhole, whole: all.rows.length, also: [] }
    }
    return undefined
  }

  /** Returns the answer to a question; nothing where it has no row. */
  async asked(name: string, given: Given): Promise<Found | undefined> {
    const answer = await ask(this.graph, name, given, { lang: this.lang, hints: false })
    return answer.rows.length ? { answer, given, isWhole: true, whole: answer.rows.length, also: [] } : undefined
  }

  /** Returns how much of some words each row of an answer holds, from 0 to 1. */
  shares(answer: Answer, { text }: Understood): Promise<readonly number[]> {
    return this.graph.seeker.shares(text, toldOf(answer))
  }

  /** Returns how much of some words the best row of an answer holds. */
  async most(answer: Answer, part: Understood): Promise<number> {
    return Math.max(0, ...(await this.shares(answer, part)))
  }
}

/** Returns the best of each question, the best first. */
export function eachQuestion(meant: readonly Meant[]): Meant[] {
  const best = new Map<string, Meant>()
  for (const one of meant) if (!best.has(one.question)) best.set(one.question, one)
  return [...best.values()]
}

function toldOf(answer: Answer): Told {
  return {
    question: answer.question,
    given: Object.values(answer.parameters).flatMap(valuesOf),
    rows: answer.rows.map(row => Object.values(row.cells).flatMap(valuesOf)),
  }
}

function valuesOf(cell: Cell): Value[] {
  const told = (value: Scalar): Value => (value instanceof Entity ? { iri: value.iri, label: value.label } : textOf(value))
  return several(cell).filter(value => value !== null).map(told)
}

/** Returns the ids of the things in a cell. */
export function entitiesOf(cell: Cell | undefined): string[] {
  return several(cell).flatMap(value => (value instanceof Entity ? [value.iri] : []))
}
