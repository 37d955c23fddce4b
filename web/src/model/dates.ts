// EDTF strings as the ontology's design (P20) uses them, and the days they cover: the twin of stdgraph/model/dates.py.
// A day is its text in ISO 8601, whose order is that of time.

import { phrase } from '../locale/locale'
import { ValueFault } from '../errors'
import { greatestBy, leastBy } from './order'

export type Day = string
export type Span = readonly [Day, Day]

const PATTERN = /^(?:([0-9]{3})X|([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?)$/
export const FIRST: Day = '0001-01-01'
export const LAST: Day = '9999-12-31'

/** EDTF property to the stem of its two computed bounds. */
export const SLOTS: Readonly<Record<string, string>> = {
  date: 'date',
  start: 'start',
  end: 'end',
  asOf: 'asOf',
  attestedOn: 'attested',
}
/** What the properties of the two bounds end in. */
export const ENDS = ['Earliest', 'Latest'] as const

/** Returns the first and last day that an EDTF string covers; throws a ValueFault for any other text. */
export function bounds(text: string): Span {
  const at = text.indexOf('/')
  if (at < 0) return span(text)
  const [start] = span(text.slice(0, at))
  const [, end] = span(text.slice(at + 1))
  if (end < start) throw new ValueFault(phrase("'{text}' ends before it begins", { text }))
  return [start, end]
}

/** Returns the days that an EDTF text covers, null for any other text. */
export function spanOf(text: string): Span | null {
  if (!/^[0-9]{3}/.test(text)) return null
  try {
    return bounds(text)
  } catch (error) {
    if (error instanceof ValueFault) return null
    throw error
  }
}

function span(text: string): Span {
  const match = PATTERN.exec(text)
  if (!match) {
    throw new ValueFault(
      phrase("'{text}' is not an EDTF date such as 2016, 2016-04, 2016-07-04 or 2016-07-04/2016-07-08", { text }),
    )
  }
  const [, decade, year, month, day] = match
  if (decade !== undefined) return [checked(`${decade}0-01-01`, text), `${decade}9-12-31`]
  if (day !== undefined) {
    const whole = checked(`${year}-${month}-${day}`, text)
    return [whole, whole]
  }
  if (month !== undefined) {
    const first = checked(`${year}-${month}-01`, text)
    return [first, `${year}-${month}-${String(daysOf(Number(year), Number(month))).padStart(2, '0')}`]
  }
  return [checked(`${year}-01-01`, text), `${year}-12-31`]
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function checked(day: Day, text: string): Day {
  const [year, month, number] = day.split('-').map(Number) as [number, number, number]
  if (year < 1 || month < 1 || month > 12 || number < 1 || number > daysOf(year, month)) {
    throw new ValueFault(phrase("'{text}' is not a day of the calendar", { text }))
  }
  return day
}

/** Returns the EDTF string that begins first, the more precise one of two that begin together; null for none. */
export function earliest(texts: readonly string[]): string | null {
  return leastBy(texts, text => bounds(text)) ?? null
}

/** Returns the EDTF string that ends last, the more precise one of two that end together; null for none. */
export function latest(texts: readonly string[]): string | null {
  return greatestBy(texts, text => bounds(text).toReversed()) ?? null
}

/** Returns the day meant by `as_of`: the last day of `YYYY` or `YYYY-MM`, or the day itself. */
export function asOfDay(text: string): Day {
  if (!/^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/.test(text)) {
    throw new ValueFault(phrase("'{text}' is not YYYY, YYYY-MM or YYYY-MM-DD", { text }))
  }
  return bounds(text)[1]
}

/** Returns a year as it is, and a span of years as EDTF has it. */
export function years(text: string): string {
  const found = /^(?:([0-9]{1,18})|([0-9]{4})[/-]([0-9]{4}))$/.exec(text)
  if (!found) throw new ValueFault(phrase("'{text}' is no year such as 2019, nor years such as 2015/2020", { text }))
  const [, year, first, last] = found
  if (year !== undefined) return year
  if ((first as string) > (last as string)) throw new ValueFault(phrase("'{text}' ends before it begins", { text }))
  return `${first}/${last}`
}

/** Returns each year of what `years` returns. */
export function eachYear(text: string): string[] {
  const [first, last] = text.split('/') as [string, string | undefined]
  if (last === undefined) return [text]
  const count = Number(last) - Number(first) + 1
  return Array.from({ length: count }, (_, at) => String(Number(first) + at).padStart(4, '0'))
}
