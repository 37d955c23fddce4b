// Free SPARQL: what may run, and its results as tables or triples. The twin of stdgraph/services/query.py; the engine's
// worker is ended behind what takes too long, or traps, so how much a query joins is not counted here.

import type { Fault, Solution } from '../engine/engine'
import { bare, form } from '../engine/sparql'
import { EngineError } from '../errors'
import { labels, scalar } from '../graph/labels'
import type { Graph } from '../graph/reads'
import { type Lang, Phrase, phrase } from '../locale/locale'
import { Numeral } from '../model/cells'
import type { Answer, Row } from '../model/results'
import { mistake } from '../storage/mistakes'
import { Taken } from '../storage/patterns'
import { offset, place } from '../storage/tokens'
import { turtleOf } from '../storage/turtle'
import { type Hint, hints } from './hints'

const MAX_LENGTH = 100_000
const MAX_DEPTH = 100
/** A part of a query that is asked to find out why the whole has no answer may take so long. */
const PART_SECONDS = 3
const UPDATES = ['INSERT', 'DELETE', 'LOAD', 'CLEAR', 'DROP', 'CREATE', 'ADD', 'MOVE', 'COPY']
const FORMS = ['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE']

export interface Limits {
  readonly seconds: number
  readonly limit: number
}

/** What a query gave: rows with labels, and as the engine gave them; truth; triples as Turtle; or why there is nothing. */
export type Outcome =
  | { readonly kind: 'rows'; readonly answer: Answer; readonly columns: readonly string[]; readonly rows: readonly Solution[]; readonly cut: boolean; readonly hints: readonly Hint[] }
  | { readonly kind: 'truth'; readonly value: boolean; readonly hints: readonly Hint[] }
  | { readonly kind: 'triples'; readonly text: string; readonly number: number; readonly cut: boolean; readonly hints: readonly Hint[] }
  | { readonly kind: 'fault'; readonly told: Phrase; /** Where in the text. */ readonly at: number | null }

/** Returns why a query may not run: too long, too deep, an update, or a call of another server; null where it may. */
export function refusal(text: string): Phrase | null {
  if (text.length > MAX_LENGTH) return phrase('it is longer than {number} characters', { number: MAX_LENGTH })
  const rest = bare(text)
  let depth = 0
  for (const sign of rest) {
    depth += '({['.includes(sign) ? 1 : ')}]'.includes(sign) ? -1 : 0
    if (depth > MAX_DEPTH) return phrase('its brackets are nested deeper than {number}', { number: MAX_DEPTH })
  }
  const words = (rest.match(/[A-Za-z]+/g) ?? []).map(word => word.toUpperCase())
  const update = words.find(word => UPDATES.includes(word))
  if (update && !words.some(word => FORMS.includes(word))) return phrase('{update} is an update', { update })
  if (/\b(INSERT|DELETE)\s+(?:(?:DATA|WHERE)\s*)?\{/i.test(rest)) return phrase('it is an update')
  if (new Taken(text).tokens.some(token => token.upper === 'SERVICE')) return phrase('SERVICE would ask another server')
  return null
}

/** Returns what any read-only SPARQL 1.1 query finds within limits; never throws for what is wrong with the query. */
export async function query(graph: Graph, text: string, limits: Limits, lang: Lang): Promise<Outcome> {
  const refused = refusal(text)
  if (refused) {
    const told = phrase('This query is refused: {detail}. Only read-only SPARQL 1.1 over the loaded graph runs here.', { detail: refused })
    return { kind: 'fault', told, at: null }
  }
  const found = await graph.engine.query(limited(text, limits.limit), limits)
  if (found.kind === 'fault') return faulty(graph, text, found, limits)
  if (found.kind === 'truth') return { ...found, hints: await hints(graph, text) }
  if (found.kind === 'triples') {
    const lines = [...new Set(found.lines)]
    return { kind: 'triples', text: turtleOf(lines), number: lines.length, cut: found.cut, hints: await hints(graph, text, lines.length ? null : asks(graph, limits)) }
  }
  const answer = await asAnswer(graph, text, found.columns, found.rows, lang)
  const blank = found.rows.length ? found.columns.filter(name => found.rows.every(row => row[name] === undefined)) : []
  return { ...found, answer, hints: await hints(graph, text, isEmpty(answer.rows) ? asks(graph, limits) : null, blank) }
}

/** Returns what the command line would tell of a query, and how much it gave. */
export function summary(text: string, outcome: Outcome, lang: Lang): { told: string[]; rows: number; cut: boolean } {
  const placed = (at: number, told: Phrase) => `query:${place(text, at).join(':')}: ${told.in(lang)}.`
  if (outcome.kind === 'fault') return { told: [outcome.at === null ? outcome.told.in(lang) : placed(outcome.at, outcome.told)], rows: 0, cut: false }
  const told = outcome.hints.map(hint => placed(hint.at, hint.told))
  if (outcome.kind === 'truth') return { told, rows: 1, cut: false }
  return { told, rows: outcome.kind === 'rows' ? outcome.rows.length : outcome.number, cut: outcome.cut }
}

/** Returns a SELECT that gives one row more than may be shown at most, so that it need not find them all. */
export function limited(text: string, limit: number): string {
  const taken = new Taken(text)
  const opened = form(text) === 'SELECT' && taken.form >= 0 ? taken.where(taken.form)[0] : -1
  if (!taken.closed.has(opened)) return text
  let end = taken.tokens.length
  for (let at = taken.close(opened) + 1; at < taken.tokens.length; at = taken.close(at) + 1) {
    const number = taken.token(at + 1)
    if (taken.sign(at) === 'LIMIT' && /^\d+$/.test(number.text)) {
      return Number(number.text) <= limit ? text : `${text.slice(0, number.start)}${limit + 1}${text.slice(number.end)}`
    }
    if (taken.sign(at) === 'VALUES') end = Math.min(end, at)
  }
  const place = taken.token(end - 1).end
  return `${text.slice(0, place)} LIMIT ${limit + 1} ${text.slice(place)}`
}

/** Returns what is wrong with a query that did not run, in words and at its place. */
async function faulty(graph: Graph, text: string, found: Fault, limits: Limits): Promise<Outcome> {
  if (found.fault === 'syntax') {
    const own = await graph.engine.query(text, { ...limits, limit: 0 }) // without the limit that we wrote into it
    const told = own.kind === 'fault' && own.fault === 'syntax' ? own : found
    const said = told.detail.split(/\s+/).filter(Boolean).join(' ')
    const cause = mistake(text, said)
    if (cause) return { kind: 'fault', told: cause[1], at: cause[0] }
    const detail = said.length > 200 ? `${said.slice(0, 200)}…` : said
    return { kind: 'fault', told: new Phrase('{detail}', { detail }), at: offset(text, told.line ?? 1, told.column ?? 1) }
  }
  return { kind: 'fault', told: ended(found, limits), at: null }
}

function ended({ fault, detail }: Fault, { seconds }: Limits): Phrase {
  if (fault === 'time') return phrase('The query ran longer than {seconds} s and was stopped. Make it more selective, or raise the time limit.', { seconds })
  if (fault === 'stopped') return phrase('The query was stopped.')
  return phrase('The engine failed on this query ({detail}), and was begun anew. Make the query simpler.', { detail })
}

/** Returns what asks a part of a query: it may take a few seconds. */
function asks(graph: Graph, { seconds }: Limits): (text: string) => Promise<boolean> {
  return async text => {
    const found = await graph.engine.query(text, { seconds: Math.min(seconds, PART_SECONDS) })
    if (found.kind === 'truth') return found.value
    throw new EngineError(phrase('The engine failed: {detail}', { detail: found.kind === 'fault' ? found.fault : found.kind }))
  }
}

/** Tells whether a table has no rows, or its only one says zero, as counts do. */
function isEmpty(rows: readonly Row[]): boolean {
  return rows.length <= 1 && rows.every(row => Object.values(row.cells).every(cell => !(cell instanceof Numeral ? cell.value : cell)))
}

/** Returns the solutions of a SELECT as a table: things with labels, literals as values. */
async function asAnswer(graph: Graph, text: string, columns: readonly string[], found: readonly Solution[], lang: Lang): Promise<Answer> {
  const iris = new Set(found.flatMap(row => columns.flatMap(name => (row[name]?.type === 'uri' ? [row[name].value] : []))))
  const known = await labels(graph, iris, lang)
  const rows = found.map(row => ({ cells: Object.fromEntries(columns.map(name => [name, scalar(row[name], known)])), sources: [], records: [] }))
  return {
    question: 'query', title: 'SPARQL', titles: {}, parameters: {}, asOf: null, columns, rows, query: text, leftOut: null,
    groups: {}, hints: [], fold: null, aside: [], chart: '', lang,
  }
}
