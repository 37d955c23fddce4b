// What is compared: the words of a text, Chinese pairs of characters, days, months and years.
// The twin of stdgraph/services/words/tokens.py, whose numbers the bundle brings.

import { fold, HAN, words } from '../../model/spelling'
import type { Numbers } from './data'

/** Where a word begins or ends, as Python's `\b` tells: beside letters and digits of any script. */
export const EDGE = '(?:(?<![\\p{L}\\p{N}_])(?=[\\p{L}\\p{N}_])|(?<=[\\p{L}\\p{N}_])(?![\\p{L}\\p{N}_]))'
export const RUN = /[㐀-鿿豈-﫿]+|[^㐀-鿿豈-﫿]+/g
export const DATES = /(?<![\d.])(1[89]\d\d|20\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])/g
const MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
]
const MONTH = MONTHS.map(name => (name === 'may' ? name : `${name.slice(0, 3)}(?:${name.slice(3)})?`)).join('|')
const SPELT = new RegExp(
  `(?:(?<day>\\d\\d?)(?:[-–]\\d\\d?)? )?${EDGE}(?<month>${MONTH})\\.? (?:(?<late>\\d\\d?)(?:[-–]\\d\\d?)?,? )?(?<year>(?:19|20)\\d\\d)${EDGE}`,
  'gu',
)
const CHINESE = /((?:19|20)\d\d)年(?:(\d\d?)月(?:(\d\d?)日)?)?/g

let numbers: Numbers['tokens'] = { ENDINGS: [], SHORTEST: 4 }
const stems = new Map<string, string>()

/** Takes the endings that are cut. */
export function readEndings(told: Numbers['tokens']): void {
  numbers = told
  stems.clear()
}

/** Returns what the forms of an English word share, for comparison only. */
export function stem(word: string): string {
  let known = stems.get(word)
  if (known === undefined) stems.set(word, (known = cut(word)))
  return known
}

function cut(word: string): string {
  if (!/^[a-z]+$/i.test(word)) return word
  const ending = numbers.ENDINGS.find(one => word.endsWith(one) && word.length - one.length >= numbers.SHORTEST)
  return ending === undefined ? word : word.slice(0, -ending.length).replace(/at$/, '')
}

/** Returns a text in which the days, months and years of both languages stand as `2016-07-04`. */
export function numeralDates(text: string): string {
  if (!text) return text
  const two = (part: string) => String(Number(part)).padStart(2, '0')
  const spelt = text.replace(SPELT, (...found) => {
    const { day, late, month, year } = found.at(-1) as Record<string, string | undefined>
    const number = MONTHS.findIndex(name => name.startsWith((month as string).slice(0, 3))) + 1
    const on = day ?? late
    return `${year}-${two(String(number))}${on ? `-${two(on)}` : ''}`
  })
  return spelt.replace(CHINESE, (_, year: string, month?: string, day?: string) => `${[year, ...[month, day].flatMap(one => (one ? [two(one)] : []))].join('-')} `).trimEnd()
}

/** Returns the tokens of the dates of a text: each year, month and day. */
export function dated(text: string): string[] {
  const found = new Set<string>()
  for (const [, year, month, day] of text.matchAll(DATES)) {
    found.add(`@${year}`)
    if (month) found.add(`@${year}-${month}`)
    if (day) found.add(`@${year}-${month}-${day}`)
  }
  return [...found]
}

/** Returns the words by which texts are compared, each once: stems, pairs of Chinese characters, dates. */
export function tokens(text: string): string[] {
  const folded = numeralDates(fold(text))
  const found = new Set(dated(folded))
  for (const run of folded.replace(DATES, ' ').match(RUN) ?? []) {
    for (const one of HAN.test(run) ? pairs(run) : words(run).map(stem)) if (one) found.add(one)
  }
  return [...found]
}

/** Returns the pairs of neighbouring characters of a run of Chinese, or its one character. */
export function pairs(run: string): string[] {
  const found: string[] = []
  for (let at = 0; at + 1 < run.length; at++) found.push(run.slice(at, at + 2))
  return found.length ? found : [run]
}

/** Returns a text so that a pattern means it. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
