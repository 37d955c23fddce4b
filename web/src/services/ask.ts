// Canned questions: answers whose every row names its sources. The twin of stdgraph/services/ask.py.

import type { ColumnData, ParameterData, QuestionData } from '../bundle/bundle'
import type { RdfTerm, Solution } from '../engine/engine'
import { ParameterError, ValueFault } from '../errors'
import { bind, ON, reach, stood, type Values } from '../graph/binding'
import { knownLevel, type Level, LEVELS, type Reach } from '../graph/bodies'
import { codeNamed } from '../graph/codes'
import { sources } from '../graph/evidence'
import { unjudged } from '../graph/judged'
import { type Labels, labels, scalar } from '../graph/labels'
import { named } from '../graph/named'
import { near, type Search, type Size } from '../graph/near'
import { actorsOf, datatypeOf, kindsOfParameter, question, thingsOf } from '../graph/questions'
import { type Graph, maybe } from '../graph/reads'
import { type Certainty, standing, UNDATED } from '../graph/time'
import { type Lang, type Phrase, phrase } from '../locale/locale'
import { TIMES } from '../model/arranging'
import { type Cell, Entity, type Scalar, Term, textOf } from '../model/cells'
import { asOfDay, type Day, earliest, latest, years } from '../model/dates'
import { byCodePoint, compare, sortedBy, sortedSet } from '../model/order'
import { type Answer, type Row, sorted, type Source } from '../model/results'
import { XSD } from '../model/vocabulary'

const RECORD = 'record'
/** The argument that says whether an actor stands for its bodies; some questions have a parameter of that name too. */
export const LEVEL = 'level'
/** A month or a day, where a question takes a year: dates of records begin with it. */
const PART_OF_YEAR = /^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$/
const GREGORIAN: Readonly<Record<number, string>> = { 7: `${XSD}gYearMonth`, 10: `${XSD}date` }

export type Arguments = Readonly<Record<string, string>>

export interface Asking {
  readonly lang: Lang
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: only what held then, with a column `certainty`. */
  readonly asOf?: string | null
  /** For a day, also what no date, attestation or reason places. */
  readonly undated?: boolean
  /** Whether to tell what is near where it is empty; it is by default. */
  readonly hints?: boolean
}

/** Returns the answer to a canned question; each of its rows names at least one source. Throws a StdgraphError. */
export async function ask(graph: Graph, name: string, given: Arguments, asking: Asking): Promise<Answer> {
  const { lang, asOf = null, undated = false, hints = true } = asking
  const asked = question(graph.app, name)
  const day = dayOf(asked, asOf)
  const { plain, level } = splitLevel(asked, given)
  const values = await resolve(graph, asked, plain, lang)
  const search: Search = { asked, values, level, day }
  const found = await searched(graph, search, undated)
  const rows = await rowsOf(graph, asked, found, lang)
  const sized = async (other: Search) => sizeOf(await searched(graph, other, undated))
  const told = hints ? await hintsOf(graph, search, plain, rows, lang, sized) : []
  const columns = asked.columns.map(column => column.name)
  if (found.held && !columns.includes('certainty')) columns.push('certainty')
  const shown = await labels(graph, [...values.values()].filter(term => term.type === 'uri').map(term => term.value), lang)
  const answer: Answer = {
    question: asked.name,
    title: asked.title[lang],
    titles: headings(asked, lang),
    parameters: Object.fromEntries([...values].map(([one, term]) => [one, scalar(term, shown)])),
    asOf,
    columns,
    rows,
    query: found.query,
    leftOut: found.leftOut,
    groups: stood(asked, values, found.reached),
    hints: told,
    fold: asked.fold,
    aside: asked.columns.filter(column => column.aside).map(column => column.name),
    chart: asked.chart,
    lang,
  }
  return sorted(answer, asked.order)
}

/** Returns what stands above each column: what the question says of it, in Chinese without what explains it. */
export function headings(asked: QuestionData, lang: Lang): Record<string, string> {
  const told = asked.columns.map(column => [column.name, column.about[lang]] as const)
  if (lang !== 'zh') return Object.fromEntries(told)
  const brief = (about: string) => about.split(/[（，；：]/)[0] as string
  const often = (text: string) => told.filter(([, about]) => brief(about) === text).length
  return Object.fromEntries(told.map(([name, about]) => [name, often(brief(about)) === 1 ? brief(about) : about]))
}

/** What a search found: the query that ran, solutions by their visible columns, the certainty of each record. */
interface Searched {
  readonly asked: QuestionData
  readonly query: string
  readonly reached: Reach
  readonly groups: readonly (readonly Solution[])[]
  readonly held: ReadonlyMap<string, Certainty> | null
  readonly leftOut: number | null
}

async function searched(graph: Graph, { asked, values, level, day }: Search, undated: boolean): Promise<Searched> {
  const reached = await reach(graph, asked, values, level, day)
  const query = bind(asked, values, reached.bodies)
  let solutions = unjudged(graph, await graph.select(query), asked.judged)
  const then = await standing(graph, recordsOf(solutions), day, undated)
  let leftOut = then?.leftOut ?? null
  if (values.has(ON)) [solutions, leftOut] = placed(asked, solutions, undated)
  const held = then?.held ?? null
  return { asked, query, reached, groups: grouped(asked, solutions, held), held, leftOut }
}

function sizeOf({ asked, groups }: Searched): Size {
  const names = asked.columns.map(column => column.name).filter(name => TIMES.includes(name))
  const dates = groups.flat().flatMap(solution => names.flatMap(name => maybe(solution, name) ?? []))
  return { rows: groups.length, dates: sortedSet(dates) }
}

async function hintsOf(
  graph: Graph, search: Search, given: Arguments, rows: readonly Row[], lang: Lang, sized: (one: Search) => Promise<Size>,
): Promise<Phrase[]> {
  const found = rows.length ? [] : await near(graph, search, given, sized, lang)
  const lacking = search.asked.needs.filter(pack => !graph.app.packs.includes(pack))
  return [...found, ...lacking.map(pack => phrase('The register {pack} is not in this file; it may bring more.', { pack }))]
}

function dayOf(asked: QuestionData, asOf: string | null): Day | null {
  if (asOf === null) return null
  if (asked.parameters.some(one => one.name === ON)) {
    const told = phrase("not together with the question's own parameter 'on'")
    throw new ParameterError('as_of', told)
  }
  return asParameter('as_of', () => asOfDay(asOf))
}

/** Returns what some work gives; a text that is not what it should be is told as the parameter's fault. */
function asParameter<T>(parameter: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof ValueFault) throw new ParameterError(parameter, error.told)
    throw error
  }
}

/** Returns the arguments without `level`, where that is `own` or `all`, and it; other levels are the question's own. */
function splitLevel(asked: QuestionData, given: Arguments): { plain: Arguments; level: Level | null } {
  const level = given[LEVEL]
  if (level === undefined || !actorsOf(asked).length) return { plain: given, level: null }
  const isOther = !LEVELS.some(one => one === level)
  if (isOther && asked.parameters.some(one => one.name === LEVEL)) return { plain: given, level: null }
  const plain = Object.fromEntries(Object.entries(given).filter(([name]) => name !== LEVEL))
  return { plain, level: knownLevel(level) }
}

/** Returns the RDF term of each argument; throws ParameterError for unknown or missing ones. */
export async function resolve(graph: Graph, asked: QuestionData, given: Arguments, lang: Lang): Promise<Values> {
  for (const name of Object.keys(given)) {
    if (asked.parameters.some(one => one.name === name)) continue
    const names = asked.parameters.map(one => one.name).join(', ') || phrase('none')
    throw new ParameterError(name, phrase('{question} has no such parameter; it takes {names}', { question: asked.name, names }))
  }
  const values = new Map<string, RdfTerm>()
  for (const parameter of asked.parameters) {
    const text = given[parameter.name]
    if (text !== undefined) values.set(parameter.name, await termOf(graph, parameter, text, lang))
    else if (!parameter.optional) throw new ParameterError(parameter.name, phrase('needed: {about}', { about: parameter.about[lang] }))
  }
  return values
}

async function termOf(graph: Graph, parameter: ParameterData, given: string, lang: Lang): Promise<RdfTerm> {
  if (parameter.schemes.length) return { type: 'uri', value: await coded(graph, parameter, given, lang) }
  const datatype = datatypeOf(parameter)
  if (!datatype) {
    const kinds = kindsOfParameter(parameter)
    const found = await named(graph, given, kinds.includes('Resource') ? [] : kinds, lang)
    return { type: 'uri', value: found.iri }
  }
  const value = asParameter(parameter.name, () => lexical(given.trim(), datatype))
  const part = datatype === `${XSD}gYear` && PART_OF_YEAR.test(value) ? GREGORIAN[value.length] : undefined
  const kind = part ?? datatype
  return kind === `${XSD}string` ? { type: 'literal', value } : { type: 'literal', value, datatype: kind }
}

/** Returns the IRI of a code, or of a thing that a parameter takes beside codes. */
async function coded(graph: Graph, parameter: ParameterData, given: string, lang: Lang): Promise<string> {
  try {
    return (await codeNamed(graph, given, parameter.schemes, parameter.name, lang)).iri
  } catch (error) {
    if (!(error instanceof ParameterError) || !thingsOf(parameter).length) throw error
  }
  return (await named(graph, given, kindsOfParameter(parameter), lang)).iri
}

function lexical(given: string, datatype: string): string {
  if (datatype === `${XSD}date`) return asOfDay(given)
  if (datatype === `${XSD}boolean`) return truth(given)
  if (datatype === `${XSD}integer` && !/^[0-9]{1,18}$/.test(given)) {
    throw new ValueFault(phrase("'{text}' is not a whole number", { text: given }))
  }
  if (datatype === `${XSD}gYear`) return PART_OF_YEAR.test(given) && asOfDay(given) ? given : years(given)
  return given
}

function truth(given: string): string {
  const low = given.toLowerCase()
  if (low !== 'true' && low !== 'false') throw new ValueFault(phrase("'{text}' is neither true nor false", { text: given }))
  return low
}

function recordsOf(solutions: readonly Solution[]): Set<string> {
  return new Set(solutions.flatMap(solution => maybe(solution, RECORD) ?? []))
}

/** Returns what something places on a question's own day, and how many records are left out since nothing does. */
function placed(asked: QuestionData, all: readonly Solution[], undated: boolean): [readonly Solution[], number] {
  const names = undated ? [] : asked.columns.filter(column => column.take === 'certainty').map(column => column.name)
  const kept = all.filter(solution => names.every(name => maybe(solution, name) !== UNDATED))
  const records = recordsOf(kept)
  return [kept, [...recordsOf(all)].filter(record => !records.has(record)).length]
}

function grouped(
  asked: QuestionData, solutions: readonly Solution[], held: ReadonlyMap<string, Certainty> | null,
): Solution[][] {
  const shown = asked.columns.filter(column => column.take === 'value').map(column => column.name)
  const groups = new Map<string, Solution[]>()
  for (const solution of solutions) {
    if (held && !held.has(maybe(solution, RECORD) ?? '')) continue
    const name = shown.map(column => termKey(solution[column])).join('\u0001')
    const known = groups.get(name)
    if (known) known.push(solution)
    else groups.set(name, [solution])
  }
  return [...groups.values()]
}

/** Returns a text by which a term is told from all others. */
function termKey(term: RdfTerm | undefined): string {
  return term ? [term.type, term.value, term.datatype ?? '', term['xml:lang'] ?? ''].join('\u0002') : ''
}

async function rowsOf(graph: Graph, asked: QuestionData, { groups, held }: Searched, lang: Lang): Promise<Row[]> {
  const flat = groups.flat()
  const told = asked.columns.filter(column => column.take === 'value' || column.take === 'all')
  const terms = flat.flatMap(solution => told.map(column => solution[column.name])).filter(term => term?.type === 'uri')
  const known = await labels(graph, terms.map(term => (term as RdfTerm).value), lang)
  const read = await sources(graph, recordsOf(flat), lang)
  return groups.map(group => {
    const records = [...recordsOf(group)].sort(byCodePoint)
    const cells: Record<string, Cell> = {}
    for (const column of asked.columns) cells[column.name] = cellOf(column, group, known)
    if (held) cells['certainty'] = records.map(record => held.get(record) as string).sort(byCodePoint)[0] ?? null
    return { cells, sources: best(records.flatMap(record => read.get(record) ?? [])), records }
  })
}

/** Returns sources once for each place, with the highest confidence and all printed forms. */
function best(found: readonly Source[]): Source[] {
  const known = new Map<string, Source>()
  const inOrder = sortedBy(found, one => [one.source, one.title, one.locator, one.confidence ?? -1])
  for (const source of sortedBy(inOrder, one => one.confidence ?? 0)) {
    const name = `${source.source} ${source.locator}`
    const forms = [...new Set([...(known.get(name) ?? source).forms, ...source.forms])]
    known.set(name, { ...source, forms })
  }
  return [...known.values()].sort((a, b) => compare([a.source, a.locator], [b.source, b.locator]))
}

function cellOf(column: ColumnData, group: readonly Solution[], known: Labels): Cell {
  const terms = group.flatMap(solution => solution[column.name] ?? [])
  const values = terms.map(term => term.value)
  switch (column.take) {
    case 'count':
      return recordsOf(group).size
    case 'distinct':
      return new Set(terms.map(termKey)).size
    case 'value':
      return scalar(group[0]?.[column.name], known)
    case 'certainty':
      return values.sort(byCodePoint)[0] ?? null
    case 'among':
      return fewest(values.map(Number))
    case 'all':
      return sortedBy(each(terms).map(term => scalar(term, known)), asText)
    case 'earliest':
      return dated(values, earliest, found => found[0])
    case 'latest':
      return dated(values, latest, found => found.at(-1))
  }
}

function fewest(numbers: readonly number[]): number | null {
  const found = numbers.length ? Math.min(...numbers) : 0
  return found > 2 ? found : null
}

/** Returns terms, each once. */
function each(terms: readonly RdfTerm[]): RdfTerm[] {
  return [...new Map(terms.map(term => [termKey(term), term])).values()]
}

/** Returns a value as Python prints it, by which the values of a cell are sorted. */
function asText(value: Scalar): string {
  if (value instanceof Entity || value instanceof Term) return value.label
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : textOf(value)
}

function dated(
  texts: readonly string[],
  choose: (texts: readonly string[]) => string | null,
  otherwise: (inOrder: readonly string[]) => string | undefined,
): string | null {
  try {
    return choose(texts)
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error
    return otherwise([...texts].sort(byCodePoint)) ?? null
  }
}
