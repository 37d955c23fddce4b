// Answers to the parts of a question that ask something else than its answer tells.
// A part of the twin of stdgraph/services/words/__init__.py.

import { question } from '../../graph/questions'
import { Entity } from '../../model/cells'
import type { Answer, Row } from '../../model/results'
import type { Mentioned, Understood } from '../../model/understood'
import { type Asker, eachQuestion, entitiesOf, type Found } from './asking'

/** Returns the answers to the parts of a question; nothing where a part is not clear, or its rows are not about what it names or says. */
export async function also(asker: Asker, understood: Understood, first: Found): Promise<Found[]> {
  const told = [first]
  let room = asker.numbers.MOST - first.answer.rows.length
  const tell = (found: Found | undefined) => {
    if (!found || found.answer.rows.length > room) return
    told.push(found)
    room -= found.answer.rows.length
  }
  for (const found of [await page(asker, understood, first), ...(await ofOthers(asker, understood, first))]) tell(found)
  for (const clause of understood.clauses) {
    const part = await asker.graph.seeker.understand(clause, understood.text)
    tell(await telling(asker, part, told, room))
  }
  return told.slice(1)
}

/** Returns what its own question tells of the one thing that an answer names, where more is asked than when and where it was. */
async function page(asker: Asker, { expects }: Understood, { answer }: Found): Promise<Found | undefined> {
  const name = asker.numbers.PAGES[answer.question]
  const thing = answer.rows.length === 1 ? answer.rows[0]?.cells[answer.columns[0] as string] : undefined
  if (!name || !(thing instanceof Entity) || (expects.length && expects.every(kinds => isOfRow(asker, kinds)))) return undefined
  return asker.asked(name, { [question(asker.graph.app, name).parameters[0]?.name as string]: thing.iri })
}

/** Returns what the question of an answer tells of the other things of a list. */
async function ofOthers(asker: Asker, understood: Understood, { answer }: Found): Promise<(Found | undefined)[]> {
  const given = Object.entries(answer.parameters).flatMap(([name, cell]) => entitiesOf(cell).map(iri => [name, iri] as const))
  const there = answer.rows.flatMap(row => answer.columns.flatMap(name => entitiesOf(row.cells[name])))
  const things = await asker.graph.seeker.others(understood.text, answer.question, Object.fromEntries(given), there)
  const needed = question(asker.graph.app, answer.question).parameters.find(one => !one.optional)
  return Promise.all(things.map(iri => asker.asked(answer.question, { [needed?.name as string]: iri })))
}

/** Returns the answer to a part of a question that tells more than what is told, and finds room. */
async function telling(asker: Asker, part: Understood, told: readonly Found[], room: number): Promise<Found | undefined> {
  const meant = part.fits ? eachQuestion(part.meant.filter(one => one.isOwn)).slice(0, asker.numbers.TRIED) : []
  for (const one of meant) {
    const best = await asker.best(part, [one])
    const found = best && (await about(asker, best, part))
    if (!found || found.answer.rows.length > room || told.some(other => isSame(other, found))) continue
    if (await tellsMore(asker, found, told, part)) return found
  }
  return undefined
}

/** Tells whether an answer tells what a part asks, and none that is told already does, or holds as much of it. */
async function tellsMore(asker: Asker, found: Found, told: readonly Found[], part: Understood): Promise<boolean> {
  const isExpected = part.expects.length > 0
  if (isExpected && !tells(asker, found.answer, part)) return false
  const there = told.filter(one => !isExpected || tells(asker, one.answer, part))
  const known = await Promise.all(there.map(one => asker.most(one.answer, part)))
  return !known.length || (await asker.most(found.answer, part)) > Math.max(...known) + asker.numbers.MORE
}

/**
 * Returns the rows about all that words name, where an answer begins with such rows; those that hold most of them, where they
 * name nothing. Where no row names a thing, a name that holds its words counts.
 */
async function about(asker: Asker, found: Found, part: Understood): Promise<Found | undefined> {
  const { answer } = found
  const { mentioned } = part
  if (!mentioned.length) return holding(asker, found, part)
  const isRow = part.expects.some(kinds => isOfRow(asker, kinds))
  const given = isRow ? [] : Object.values(answer.parameters).flatMap(entitiesOf)
  const columns = isRow ? answer.columns.slice(0, 1) : answer.columns
  const there = (row: Row) => [...given, ...columns.flatMap(name => entitiesOf(row.cells[name]))]
  const named = first(found, headOf(answer.rows, row => mentioned.every(({ iri }) => there(row).includes(iri))))
  if (named) return named
  const said = await saidOf(asker, answer.rows.map(there))
  const isSaid = (at: number, one: Mentioned) => said[at]?.iris.includes(one.iri) || isIn(one.words, said[at]?.words)
  return first(found, headOf([...said.keys()], at => mentioned.every(one => isSaid(at, one))))
}

/**
 * Tells whether an answer, or what it was asked of, has one of the things that words name, its country, or a name that holds its
 * words; it has where they name nothing.
 */
export async function namesOne(asker: Asker, answer: Answer, { mentioned }: Understood): Promise<boolean> {
  const given = Object.values(answer.parameters).flatMap(entitiesOf)
  const rows = answer.rows.map(row => [...given, ...answer.columns.flatMap(name => entitiesOf(row.cells[name]))])
  const has = (there: readonly string[]) => mentioned.some(one => there.includes(one.iri) || there.includes(one.country))
  if (!mentioned.length || rows.some(has)) return true
  const said = await saidOf(asker, rows)
  return said.some(row => mentioned.some(one => isIn(one.words, row.words)))
}

/** Returns sets of things, each with the words in their names. */
async function saidOf(asker: Asker, sets: readonly (readonly string[])[]): Promise<{ iris: readonly string[]; words: ReadonlySet<string> }[]> {
  const things = [...new Set(sets.flat())]
  const words = await asker.graph.seeker.wordsOf(things)
  const known = new Map(things.map((iri, at) => [iri, words[at] ?? []]))
  return sets.map(iris => ({ iris, words: new Set(iris.flatMap(iri => known.get(iri) ?? [])) }))
}

function isIn(words: readonly string[], all: ReadonlySet<string> | undefined): boolean {
  return words.every(word => all?.has(word))
}

/** Returns the rows at the head of an answer that hold most of the words, and nearly as much as its best. */
async function holding(asker: Asker, found: Found, part: Understood): Promise<Found | undefined> {
  const { FEW, HOLDS, WITHIN } = asker.numbers
  if (part.size < FEW) return undefined
  const held = await asker.shares(found.answer, part)
  const least = Math.max(HOLDS, WITHIN * Math.max(0, ...held))
  return first(found, headOf(held, share => share >= least))
}

function headOf<T>(all: readonly T[], holds: (one: T) => boolean): number {
  const end = all.findIndex(one => !holds(one))
  return end < 0 ? all.length : end
}

function first(found: Found, rows: number): Found | undefined {
  return rows ? { ...found, answer: { ...found.answer, rows: found.answer.rows.slice(0, rows) } } : undefined
}

/** Tells whether answers are of what a row tells of, its first column. */
function isOfRow(asker: Asker, kinds: readonly string[]): boolean {
  return kinds.every(kind => asker.numbers.OF_THE_ROW.includes(kind))
}

/** Tells whether an answer has columns with values of all kinds that are asked for. */
function tells(asker: Asker, answer: Answer, { expects }: Understood): boolean {
  const { columns } = question(asker.graph.app, answer.question)
  const isTold = (name: string) => answer.rows.some(row => (row.cells[name] ?? null) !== null)
  const told = columns.filter(column => column.answers && isTold(column.name)).map(column => column.answers)
  return expects.length > 0 && expects.every(kinds => kinds.some(kind => told.includes(kind)))
}

function isSame(a: Found, b: Found): boolean {
  const told = ({ answer }: Found) => JSON.stringify([answer.question, answer.parameters])
  return told(a) === told(b)
}
