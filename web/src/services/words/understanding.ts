// What words are understood to mean: the canned questions that fit, the best first, with the arguments to try.
// It runs in the worker; `asking.ts` runs the questions. Together they are the twin of stdgraph/services/words/__init__.py.

import type { AppData, QuestionData } from '../../bundle/bundle'
import type { Given, Meant, Mentioned, Told, Understood } from '../../model/understood'
import { BASE } from '../../model/vocabulary'
import type { NameIndex } from '../../storage/nameindex'
import { Answers } from './answers'
import type { WordsData } from './data'
import { fillings } from './filling'
import { fits } from './fitting'
import { Language } from './language'
import { others } from './listed'
import { narrowed, shares } from './narrowing'
import { Profiles } from './profiles'
import { type Candidate, ranked, type Ranking, Weights } from './ranking'
import { clauses, leading } from './splitting'
import { isThing, type Spotted, type Spotting } from './spotting'
import { readEndings, tokens } from './tokens'
import { type Wording, worded } from './wording'

export class Understanding {
  private readonly by: Ranking & Spotting

  constructor(app: AppData, index: NameIndex, data: WordsData) {
    readEndings(data.numbers.tokens)
    const { numbers } = data
    this.by = {
      index,
      numbers,
      language: new Language(data.said),
      answers: new Answers(data, index),
      profiles: new Profiles(app.questions, numbers.ranking),
    }
  }

  /** Returns what words mean; a part of a question that says nothing by itself asks of what the whole does. */
  understand(text: string, whole?: string): Understood {
    const wording = this.worded(text, whole)
    const weights = new Weights(this.by, wording)
    const candidates = ranked(this.by, wording, weights)
    return {
      text: wording.text,
      fits: fits(wording, candidates, word => weights.knows(word), this.by.numbers.fitting),
      meant: candidates.map(one => this.meant(one, wording, leading(wording, this.by.numbers.splitting))),
      other: this.other(wording),
      things: thingsOf(wording),
      mentioned: wording.spotted.filter(isThing).map(mentioned),
      size: wording.words.length,
      expects: wording.expects,
      limit: wording.limit,
      clauses: clauses(wording, this.by.numbers.splitting),
    }
  }

  /** Returns the places of the rows of an answer that hold the most of some words; nothing where it stays as it is. */
  narrow(text: string, told: Told): number[] | undefined {
    return narrowed(this.by, worded(this.by, text), told)
  }

  /** Returns how much of some words each row of an answer holds. */
  shares(text: string, told: Told): number[] {
    return shares(this.by, worded(this.by, text), told)
  }

  /** Returns the other things of a list, of which an answer does not tell. */
  others(text: string, name: string, given: Given, there: readonly string[]): string[] {
    const asked = this.by.profiles.questions.find(one => one.name === name) as QuestionData
    return others(worded(this.by, text), asked, given, there, this.by.numbers.listed)
  }

  /** Returns the words of each of some things. */
  wordsOf(iris: readonly string[]): (readonly string[])[] {
    return iris.map(iri => this.by.answers.wordsOf(iri))
  }

  /** Returns the rows in which a word stands, as the tests compare them. */
  postings(): Record<string, readonly number[]> {
    return Object.fromEntries(this.by.answers.postings)
  }

  private worded(text: string, whole?: string): Wording {
    const wording = worded(this.by, text)
    const isEmpty = !wording.spotted.length && !wording.words.length
    return whole !== undefined && isEmpty ? worded(this.by, whole).but({ expects: wording.expects }) : wording
  }

  private meant({ question, given, score, parts }: Candidate, wording: Wording, first: Wording): Meant {
    const [tries, runs] = [wording, first].map(one => fillings(question, given, one, this.by.numbers.filling)) as [Given[], Given[]]
    return { question: question.name, given, tries, runs, score, isOwn: Boolean(parts['own']) }
  }

  /** Returns the command that words ask for that say only what it does, and name things; nothing where they ask more. */
  private other(wording: Wording): Understood['other'] {
    const things = thingsOf(wording)
    for (const [command, said] of this.by.language.commands) {
      const isSaid = wording.asking.length > 0 && wording.asking.every(word => said.has(word))
      if (isSaid && things.length >= (command === 'compare' ? 2 : 1)) return { command, things }
    }
    return null
  }
}

function mentioned({ thing: { iri, country }, kinds, said }: Spotted): Mentioned {
  return { iri, country: `${BASE}country/${country}`, isPlace: kinds.includes('Place'), words: tokens(said) }
}

function thingsOf(wording: Wording): string[] {
  return [...new Set(wording.spotted.filter(isThing).map(one => one.thing.iri))]
}
