// The data that `stdgraph site` put beside the program, or into the same file: what it holds, and how it is read.
// The twin of stdgraph/services/site/bundle.py.

import type { Catalogue } from '../locale/locale'
import { bytesOf } from './signs'
import { unpacked } from './unpacked'

/** By language. */
export type Both = Readonly<Record<'en' | 'zh', string>>

export interface ParameterData {
  readonly name: string
  readonly types: readonly string[]
  readonly optional: boolean
  readonly about: Both
  readonly schemes: readonly string[]
}

export interface ColumnData {
  readonly name: string
  readonly about: Both
  readonly take: 'value' | 'all' | 'earliest' | 'latest' | 'count' | 'distinct' | 'certainty' | 'among'
  readonly answers: string
  readonly aside: boolean
}

export interface QuestionData {
  readonly name: string
  readonly title: Both
  readonly description: Both
  readonly parameters: readonly ParameterData[]
  readonly columns: readonly ColumnData[]
  readonly example: Readonly<Record<string, string>>
  readonly query: string
  readonly snapshots: string
  readonly order: readonly string[]
  readonly also: Readonly<Record<string, readonly string[]>>
  readonly chart: string
  readonly needs: readonly string[]
  readonly fold: { readonly by: readonly string[]; readonly each: readonly string[]; readonly count: string } | null
  readonly judged: readonly string[]
}

export interface PanelData {
  readonly name: string
  readonly question: string
  readonly title: Both | Record<string, never>
  readonly parameters: Readonly<Record<string, string>>
  readonly show: number
  readonly sort: readonly string[]
  readonly columns: readonly string[]
  readonly chart: string
  readonly pack: string
  readonly compare: boolean
}

export interface PlanData {
  readonly name: string
  readonly title: Both
  readonly kinds: readonly string[]
  readonly fewest: number
  readonly most: number
  readonly panels: readonly PanelData[]
}

/** What some questions are about. */
export interface TopicData {
  readonly title: Both
  readonly questions: readonly string[]
}

/** Numbers and sets of the search, by their modules and names in stdgraph. */
export interface FindingData {
  readonly spelling: { readonly EMPTY: readonly string[]; readonly ENDINGS: readonly (readonly [string, string])[] }
  readonly ranking: RankingData
  readonly names: {
    readonly MOST: number
    readonly MANY: number
    readonly BULK_KINDS: readonly string[]
    readonly LONGEST: number
    readonly CANDIDATES: number
    readonly MADE: number
  }
}

export interface RankingData {
  readonly MANY: number
  readonly POSTINGS: number
  readonly THINGS: number
  readonly ALIKE: number
  readonly LETTERS: number
  readonly FEW: number
  readonly BEGINNINGS: number
  readonly LONGEST: number
  readonly INSIDE: number
  readonly INEXACT: number
  readonly POOR: number
  readonly WORTH: number
  readonly CLEAR: number
  readonly RECORDS: readonly string[]
  readonly LESSER: readonly string[]
  readonly WITHIN: number
  readonly SHORTENED: number
  readonly ORDERED: number
  readonly SPLIT: number
}

/** A query to begin with. */
export interface ExampleData {
  readonly name: string
  readonly title: Both
  readonly query: string
}

/** What stands in app.json. */
export interface AppData {
  readonly stdgraph: string
  /** Hash of the data. */
  readonly data: string
  readonly licence: string
  readonly cite: string
  /** The licences of the software in the page. */
  readonly notices: string
  readonly packs: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  /** The earliest year of which something is known; '' for none. */
  readonly since: string
  readonly questions: readonly QuestionData[]
  readonly topics: readonly TopicData[]
  readonly profiles: readonly PlanData[]
  /** The queries of docs/sparql.md. */
  readonly examples: readonly ExampleData[]
  /** Queries of `queries/reads/` by name. */
  readonly reads: Readonly<Record<string, string>>
  /** Vega-Lite files of `queries/charts/` by name, and the palette. */
  readonly charts: Readonly<Record<string, unknown>>
  readonly palette: unknown
  readonly chinese: Catalogue
  /** Pairs that a person judged. */
  readonly judged: readonly (readonly [string, string])[]
  /** Pages that need no script, by the short id of the thing; none in the one page. */
  readonly written: Readonly<Record<string, string>>
  /** How many standards of registers are not here, and which questions and views may lack some. */
  readonly without: { readonly number: number; readonly questions: readonly string[]; readonly views: readonly string[] }
  /** Where the server answers SPARQL that made this page; '' where the engine is in the page. */
  readonly endpoint: string
  /** Traditional and simplified characters in turn. */
  readonly script: string
  readonly finding: FindingData
  /** Numbers of `services/words/asking.ts`. */
  readonly words: Readonly<Record<'SUGGESTED' | 'TRIED' | 'NEAR' | 'LAST' | 'FEW' | 'LEAST' | 'HOLDS' | 'WITHIN' | 'MORE' | 'MOST', number>> & {
    readonly OF_THE_ROW: readonly string[]
    /** Which question tells all of the one thing that another names. */
    readonly PAGES: Readonly<Record<string, string>>
  }
}

/** Text, language tag, rank of a name; 1 behind them where it is of a standard of a pack. */
export type NameData = readonly [string, string, number, 1?]
/** Short id, labels in English and Chinese, designation, kind, country, tier, number of its set of kinds, names. */
export type ThingData = readonly [string, string, string, string, string, string, number, number, readonly NameData[]]

/** What stands in names.json: sets of classes, and all that bears a name. */
export interface NamesData {
  readonly kinds: readonly (readonly string[])[]
  readonly things: readonly ThingData[]
}

/** The parts that are JSON. */
export type Part = 'app.json' | 'names.json' | 'answers.json' | 'networks.json' | 'schema.json' | 'shapes.json'

/** Where the parts are: in this file, or beside it. */
export interface Source {
  /** Returns the bytes of a part as they were put there, gzipped. */
  packed(name: Part | 'graph.trig' | 'engine.wasm' | `${string}.js`): Promise<ArrayBuffer>
  /** Returns the script of the engine's worker, or of that which looks names up. */
  script(name: 'worker.js' | 'seeker.js'): Promise<string>
}

/** Returns the parts that stand in this file, or those beside it. */
export function source(): Source {
  return document.getElementById('graph.trig') ? inside : beside
}

const inside: Source = {
  packed: async name => bytesOf(document.getElementById(name)?.textContent ?? ''),
  script: async name => new TextDecoder().decode(await unpacked(await inside.packed(name))),
}

const beside: Source = {
  packed: async name => (await fetched(`data/${name}.gz`)).arrayBuffer(),
  script: async name => (await fetched(name)).text(),
}

async function fetched(path: string): Promise<Response> {
  const answer = await fetch(new URL(path, document.baseURI))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer
}

/** Returns a part as the value that its JSON says. */
export async function read<T>(from: Source, name: Part): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await unpacked(await from.packed(name)))) as T
}
