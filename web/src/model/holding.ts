// Which rows of an answer hold some words, in any of their cells; a year also where a span of time covers it.

import { several, textOf } from './cells'
import { spanOf } from './dates'
import type { Answer, Row } from './results'
import { key } from './spelling'

const YEAR = /^[0-9]{4}$/

/** Returns the rows that hold all of some words. */
export function holding(rows: readonly Row[], words: string): readonly Row[] {
  const wanted = words.split(/\s+/).map(key).filter(Boolean)
  if (!wanted.length) return rows
  return rows.filter(row => {
    const cells = Object.values(row.cells)
    const told = key(cells.map(textOf).join(' '))
    const covers = (year: string) => cells.some(cell => several(cell).some(value => isWithin(year, textOf(value))))
    return wanted.every(word => told.includes(word) || (YEAR.test(word) && covers(word)))
  })
}

function isWithin(year: string, text: string): boolean {
  const span = text.includes('/') ? spanOf(text) : null
  return span !== null && span[0].slice(0, 4) <= year && year <= span[1].slice(0, 4)
}

/** Returns an answer with the rows that hold all of some words. */
export function heldBy(answer: Answer, words: string): Answer {
  const rows = holding(answer.rows, words)
  return rows === answer.rows ? answer : { ...answer, rows }
}
