// What lies near an answer without rows: what was searched, and which argument, left out or changed, would bring some.
// The twin of stdgraph/graph/near.py.

import type { QuestionData } from '../bundle/bundle'
import { type Lang, marked, type Phrase, phrase } from '../locale/locale'
import type { Day } from '../model/dates'
import { byCodePoint } from '../model/order'
import type { Values } from './binding'
import { COUNTRY, type Level } from './bodies'
import { codes } from './codes'
import { kindsOf, labels } from './labels'
import { actorsOf } from './questions'
import type { Graph } from './reads'

/** So many searches are tried at most. */
const MOST = 6

/** How many rows there are, and their dates. */
export interface Size {
  readonly rows: number
  readonly dates: readonly string[]
}

/** What was asked: the terms by parameter, the level of its actors, and the day. */
export interface Search {
  readonly asked: QuestionData
  readonly values: Values
  readonly level: Level | null
  readonly day: Day | null
}

/** Searches, and tells how much there is. */
export type Sized = (search: Search) => Promise<Size>

interface Other {
  readonly message: string
  readonly option: string
  readonly search: Search
}

const LACKS = marked('without {option}: {size}')
const HAS = marked('with {option}: {size}')

/** Returns what was searched without finding anything, and what near it has rows. */
export async function near(
  graph: Graph, search: Search, given: Readonly<Record<string, string>>, sized: Sized, lang: Lang,
): Promise<Phrase[]> {
  const things = [...search.values.values()].map(term => term.value)
  const known = await labels(graph, things.filter(value => value.includes('://')), lang)
  const told = [...search.values].map(([name, term]) => `${name}: ${known.get(term.value) ?? term.value}`)
  if (search.day) told.push(`as of: ${search.day}`)
  const searched = told.length ? [phrase('nothing found for {given}', { given: told.join(', ') })] : []
  const without = lacking(search)
  const others = [...without, ...(await having(graph, search, given))].slice(0, MOST)
  let found = await tried(others, sized)
  if (!found.length && without.length > 1) found = await tried([bare(search, without.map(one => one.option))], sized)
  return [...searched, ...found]
}

async function tried(others: readonly Other[], sized: Sized): Promise<Phrase[]> {
  const found: Phrase[] = []
  for (const { message, option, search } of others) {
    const size = await sized(search)
    if (size.rows) found.push(phrase(message, { option, size: toldSize(size) }))
  }
  return found
}

function toldSize(size: Size): Phrase {
  const years = size.dates.flatMap(date => /\d{4}/.exec(date)?.[0] ?? []).sort(byCodePoint)
  const rows = phrase(size.rows === 1 ? marked('{rows} row') : marked('{rows} rows'), { rows: size.rows })
  const [first, last] = [years[0], years.at(-1)]
  if (first === undefined || last === undefined) return rows
  if (first === last) return phrase('{rows}, of {year}', { rows, year: first })
  return phrase('{rows}, from {first} to {last}', { rows, first, last })
}

/** Returns the searches without one of the arguments that may be left out. */
function lacking(search: Search): Other[] {
  const found: Other[] = search.asked.parameters
    .filter(one => one.optional && search.values.has(one.name))
    .map(one => ({ message: LACKS, option: one.name, search: { ...search, values: without(search.values, one.name) } }))
  return search.day ? [...found, { message: LACKS, option: 'as_of', search: { ...search, day: null } }] : found
}

function without(values: Values, name: string): Values {
  return new Map([...values].filter(([one]) => one !== name))
}

/** Returns the search without any of them. */
function bare(search: Search, options: readonly string[]): Other {
  const needed = new Set(search.asked.parameters.filter(one => !one.optional).map(one => one.name))
  const values = new Map([...search.values].filter(([name]) => needed.has(name)))
  return { message: LACKS, option: options.join(', '), search: { ...search, values, day: null } }
}

/** Returns the searches with the bodies of an actor, and with another code that the same word means. */
async function having(graph: Graph, search: Search, given: Readonly<Record<string, string>>): Promise<Other[]> {
  const found: Other[] = []
  const actors = actorsOf(search.asked).flatMap(name => search.values.get(name)?.value ?? [])
  const kinds = [...(await kindsOf(graph, actors)).values()]
  if (search.level === 'own' || (!search.level && kinds.some(kind => kind !== COUNTRY))) {
    found.push({ message: HAS, option: 'level=all', search: { ...search, level: 'all' } })
  }
  for (const { name, schemes } of search.asked.parameters) {
    const term = search.values.get(name)
    if (!term || !schemes.length) continue
    for (const code of await codes(graph, schemes)) {
      if (code.iri === term.value || !code.isCalled(given[name] ?? '')) continue
      const values = new Map([...search.values, [name, { ...term, value: code.iri }] as const])
      found.push({ message: HAS, option: `${name}=${code.name}`, search: { ...search, values } })
    }
  }
  return found
}
