// What services return and pages show: sources, rows, answers. The twin of stdgraph/model/results.py.

import type { Lang, Phrase } from '../locale/locale'
import { type Fold, ordered } from './arranging'
import { type Cell, type Cells, type Plain, plain, plainCells } from './cells'
import { compare, type Key } from './order'

/** A place in a document where a statement was read; `confidence` runs from 0 to 1, `forms` is what is printed there. */
export interface Source {
  readonly source: string
  readonly title: string
  readonly locator: string
  readonly confidence: number | null
  readonly forms: readonly string[]
}

/** Compares two sources: by document, title, place, confidence. */
export function bySource(a: Source, b: Source): number {
  return compare(sourceKey(a), sourceKey(b))
}

function sourceKey(one: Source): Key {
  return [one.source, one.title, one.locator, one.confidence ?? -1]
}

/** A node that states a fact: what it is in words, and where it was read. */
export interface FactRecord {
  readonly iri: string
  readonly label: string
  readonly kind: string
  readonly date: string | null
  readonly sources: readonly Source[]
}

/** One answer row: a cell for each column, the sources behind it, the records behind it. */
export interface Row {
  readonly cells: Cells
  readonly sources: readonly Source[]
  readonly records: readonly string[]
}

/** For how many countries a group of them stood, of how many that are listed; `isAlone` where it was not asked for them. */
export interface Stood {
  readonly countries: number
  readonly listed: number
  readonly isAlone: boolean
}

/** The table that answers a question. `leftOut` counts undated records; null where no day was asked for. */
export interface Answer {
  readonly question: string
  readonly title: string
  readonly titles: Readonly<Record<string, string>>
  readonly parameters: Cells
  readonly asOf: string | null
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  readonly query: string
  readonly leftOut: number | null
  readonly groups: Readonly<Record<string, Stood>>
  readonly hints: readonly Phrase[]
  readonly fold: Fold | null
  readonly aside: readonly string[]
  readonly chart: string
  readonly lang: Lang
}

/** Returns an answer with its rows in the order of columns, `-date` for the newest first. */
export function sorted(answer: Answer, columns: readonly string[]): Answer {
  return { ...answer, rows: ordered(answer.rows, columns, answer.lang) }
}

/** Returns an answer in the form of `stdgraph ask -f json`. */
export function toJson(answer: Answer): Record<string, Plain> {
  const told: Record<string, Plain> = {
    question: answer.question,
    title: answer.title,
    parameters: Object.fromEntries(Object.entries(answer.parameters).map(([name, cell]) => [name, plain(cell)])),
    as_of: answer.asOf,
    columns: answer.columns,
    rows: answer.rows.map(rowJson),
  }
  const groups = Object.entries(answer.groups)
  if (groups.length) {
    told['groups'] = Object.fromEntries(groups.map(([n, s]) => [n, { countries: s.countries, listed: s.listed }]))
  }
  if (answer.leftOut !== null) told['undated_left_out'] = answer.leftOut
  return told
}

/** Returns a row as plain values, `sources` included, unless a column bears that name. */
export function rowJson(row: Row): Record<string, Plain> {
  const told = plainCells(row.cells)
  if (!('sources' in told)) told['sources'] = row.sources.map(sourceJson)
  return told
}

function sourceJson(one: Source): Plain {
  return { source: one.source, title: one.title, locator: one.locator, confidence: one.confidence }
}

/** Returns the value of a cell, null where the row has none. */
export function cellOf(row: Row, column: string): Cell {
  return row.cells[column] ?? null
}
