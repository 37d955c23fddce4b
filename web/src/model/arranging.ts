// Rows sorted: what the order of an answer is made of, the twin of stdgraph/model/arranging.py.

import type { Lang } from '../locale/locale'
import { type Cell, type Cells, Numeral, type Scalar, several, textOf } from './cells'
import { collated } from './collation'
import { spanOf } from './dates'
import { compare, type Key, sortedBy } from './order'

/** How rows are drawn together for people; see the Python twin. */
export interface Fold {
  readonly by: readonly string[]
  readonly each: readonly string[]
  readonly count: string
}

export const BEGINS = ['since', 'start'] as const
export const OVERS = ['until', 'end'] as const
export const MOMENTS = ['date', 'time', 'attested', 'deadline', 'after', 'before'] as const
/** Columns that hold when something began, ended, or was. */
export const TIMES: readonly string[] = [...MOMENTS, ...BEGINS, ...OVERS, 'year']
/** What an empty cell of a column says, for sorting: ties are of two, where no other number stands. */
const UNSAID: Readonly<Record<string, Scalar>> = { among: 2 }
const MEASURE = /^[≥>≤<≈~= ]*(-?[0-9]+(?:\.[0-9]+)?)%?$/

export interface HasCells {
  readonly cells: Cells
}

/** Returns rows in the order of columns (`-date` descending); what has no value comes last, unless it says one. */
export function ordered<R extends HasCells>(rows: readonly R[], columns: readonly string[], lang: Lang): R[] {
  let found = [...rows]
  for (const name of columns.toReversed()) {
    const descending = name.startsWith('-')
    const column = descending ? name.slice(1) : name
    const cell = (row: R): Cell => said(row.cells[column] ?? null, column)
    const filled = found.filter(row => textOf(cell(row)))
    const empty = found.filter(row => !textOf(cell(row)))
    const inOrder = (row: R): Key => sortedBy(sortKey(cell(row), lang), key => key, descending)
    found = [...sortedBy(filled, inOrder, descending), ...empty]
  }
  return found
}

/** A cell that says nothing in Python (an empty list, 0, a blank) says what its column says where nothing stands. */
function said(cell: Cell, column: string): Cell {
  const isSilent = cell === null || cell === '' || cell === 0 || cell === false || (Array.isArray(cell) && !cell.length)
  return isSilent && column in UNSAID ? (UNSAID[column] as Scalar) : cell
}

/** Returns what the values of a cell are sorted by: numbers come before dates, dates before texts. */
export function sortKey(cell: Cell, lang: Lang): Key[] {
  return several(cell).map(value => valueKey(value, lang))
}

function valueKey(value: Scalar, lang: Lang): Key {
  if (typeof value === 'boolean') return [0, Number(value)]
  if (typeof value === 'number' && !Number.isNaN(value)) return [0, value]
  if (value instanceof Numeral && !Number.isNaN(value.value)) return [0, value.value]
  const text = textOf(value)
  if (typeof value === 'string') {
    const span = spanOf(text)
    if (span) return [1, ...span]
    const found = MEASURE.exec(text)
    if (found) return [0, Number(found[1])]
  }
  const [parts, whole] = collated(text, lang) as [Key, Key]
  return [2, parts, whole]
}

/** Compares two cells of a column, for a table that a reader sorts. */
export function byCell(a: Cell, b: Cell, lang: Lang): number {
  return compare(sortKey(a, lang), sortKey(b, lang))
}
