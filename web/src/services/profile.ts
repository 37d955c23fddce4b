// A page on one thing, a pair or several: panels, each a canned question with its parameters filled in.
// The twin of stdgraph/services/profile.py and of what graph/subjects.py says of plans.

import type { PanelData, PlanData, QuestionData } from '../bundle/bundle'
import { NoProfileError } from '../errors'
import { ON } from '../graph/binding'
import { labels } from '../graph/labels'
import { datatypeOf, question } from '../graph/questions'
import { type Graph, valueOf } from '../graph/reads'
import { type Lang, phrase } from '../locale/locale'
import { Entity, textOf } from '../model/cells'
import { compare } from '../model/order'
import { type Answer, sorted } from '../model/results'
import { BASE, local } from '../model/vocabulary'
import { type Arguments, ask } from './ask'

const ANY = '*'
/** The column of answers for a day. */
const CERTAINTY = 'certainty'
const YEARS = `${BASE}year/`
/** Each thing of the page; in two parameters of a panel each two of them. */
const EACH = '$*'
/** Columns that hold of which thing, or which two, a row speaks where a panel asks of each. */
const BESIDE: readonly (readonly string[])[] = [[], ['of'], ['one', 'other']]

/** What a panel asked its question with, and of which of the things of the page, if not of all. */
export interface Call {
  readonly of: readonly Entity[]
  readonly given: Arguments
}

export interface Panel {
  readonly name: string
  readonly title: string
  readonly answer: Answer
  /** One, or one for each thing or pair of which it asks. */
  readonly calls: readonly Call[]
  readonly show: number
  readonly columns: readonly string[]
  readonly chart: string
}

export interface Lacking {
  readonly name: string
  readonly title: string
  readonly pack: string
}

/** `nothing` are panels without rows, `lacking` those that need a register or a day. */
export interface Profile {
  readonly plan: PlanData
  readonly of: readonly Entity[]
  readonly panels: readonly Panel[]
  readonly nothing: readonly Lacking[]
  /** Panels without rows that speak of what is not in this page. */
  readonly without: readonly Lacking[]
  readonly lacking: readonly Lacking[]
}

/**
 * Returns the page on some things, and shows what there is of it after each panel; throws NoProfileError where there is
 * none for such things together.
 */
export async function profile(
  graph: Graph, iris: readonly string[], lang: Lang, show: (found: Profile) => void = () => {}, asOf: string | null = null,
): Promise<Profile> {
  const plan = await planOf(graph, iris)
  const known = await labels(graph, iris, lang)
  const of = iris.map(iri => new Entity(iri, known.get(iri) ?? iri))
  const panels: Panel[] = []
  const nothing: Lacking[] = []
  const lacking: Lacking[] = []
  const without: Lacking[] = []
  for (const one of plan.panels) {
    const asked = question(graph.app, one.question)
    const title = (one.title as QuestionData['title'])[lang] ?? asked.title[lang]
    const ownDay = asked.parameters.find(p => p.name === ON)
    const needsDay = ownDay && !ownDay.optional && !asOf && !(ON in one.parameters)
    if (needsDay) {
      lacking.push({ name: one.name, title, pack: '' })
      continue
    }
    const onDay: Arguments = ownDay && asOf && !(ON in one.parameters) ? { [ON]: asOf } : {}
    const calls = callsOf(one, asked, of).map(call => ({ ...call, given: { ...call.given, ...onDay } }))
    const answers: Answer[] = []
    for (const { given } of calls) answers.push(await ask(graph, one.question, given, { lang, asOf: ownDay ? null : asOf, hints: false }))
    const answer = sorted(together(calls, answers), one.sort)
    const needed = [one.pack, ...asked.needs].find(pack => pack && !graph.app.packs.includes(pack))
    if (answer.rows.length) {
      panels.push({ name: one.name, title, answer, calls, show: one.show, columns: columnsOf(one, answer, iris), chart: one.chart || asked.chart })
      show({ plan, of, panels: [...panels], nothing: [], without: [], lacking: [] })
    } else if (needed) lacking.push({ name: one.name, title, pack: needed })
    else (!graph.engine.isWhole && graph.app.without.questions.includes(one.question) ? without : nothing).push({ name: one.name, title, pack: '' })
  }
  return { plan, of, panels, nothing, without, lacking }
}

/** Returns the arguments with which a panel asks its question: a thing by its IRI, for a text its label, a constant as it is. */
function callsOf(one: PanelData, asked: QuestionData, things: readonly Entity[]): Call[] {
  const told = (name: string, thing: Entity) => (asked.parameters.some(p => p.name === name && datatypeOf(p)) ? textFor(thing) : thing.iri)
  const given = Object.entries(one.parameters).filter(([, value]) => value !== EACH).map(([name, value]) => {
    const thing = /^\$[0-9]+$/.test(value) ? things[Number(value.slice(1)) - 1] : undefined
    return [name, thing ? told(name, thing) : value] as const
  })
  const spots = Object.keys(one.parameters).filter(name => one.parameters[name] === EACH)
  return combined(things, spots.length).map(of => ({
    of, given: Object.fromEntries([...given, ...spots.map((name, at) => [name, told(name, of[at] as Entity)] as const)]),
  }))
}

/** Returns all choices of so many things, in their order. */
function combined(things: readonly Entity[], number: number): Entity[][] {
  if (!number) return [[]]
  return things.flatMap((thing, at) => combined(things.slice(at + 1), number - 1).map(others => [thing, ...others]))
}

/** Returns one answer of all calls; where there are several, each row with of what it speaks. */
function together(calls: readonly Call[], answers: readonly Answer[]): Answer {
  const [first] = answers as readonly [Answer]
  const names = BESIDE[calls[0]?.of.length ?? 0] ?? []
  if (!names.length) return first
  const beside = (of: readonly Entity[]) => Object.fromEntries(names.map((name, at) => [name, of[at] as Entity]))
  const rows = answers.flatMap((answer, at) => answer.rows.map(row => ({ ...row, cells: { ...beside((calls[at] as Call).of), ...row.cells } })))
  return { ...first, columns: [...names, ...first.columns], rows }
}

/** Returns a thing as a text: a year by its number, others by their labels. */
function textFor(thing: Entity): string {
  return thing.iri.startsWith(YEARS) ? thing.iri.slice(YEARS.length) : thing.label
}

/** Returns the columns that a panel names, else all that say more than what the page is about. */
function columnsOf(one: PanelData, answer: Answer, iris: readonly string[]): readonly string[] {
  const isCertain = answer.rows.some(row => textOf(row.cells[CERTAINTY]))
  const each = BESIDE[Object.values(one.parameters).filter(value => value === EACH).length] ?? []
  if (one.columns.length) return [...new Set([...each, ...one.columns, ...(isCertain ? [CERTAINTY] : [])])]
  const isOf = (column: string) => answer.rows.every(row => {
    const cell = row.cells[column]
    return cell instanceof Entity && iris.includes(cell.iri)
  })
  const kept = answer.columns.filter(column => !isOf(column))
  return kept.length ? kept : answer.columns
}

/** Returns the profile that some things have: of those for so many things of their classes the narrowest. */
async function planOf(graph: Graph, iris: readonly string[]): Promise<PlanData> {
  const rows = await graph.ofEach('classes-of-each', iris)
  // a year is no thing of the graph, but of its index of names
  const own = (iri: string) => [graph.names.get(iri)?.kind ?? ''].filter(Boolean)
  const classes = iris.map(iri => new Set([...own(iri), ...rows.filter(row => valueOf(row, 'x') === iri).map(row => local(valueOf(row, 'c')))]))
  const fit = graph.app.profiles.filter(plan => {
    const isRight = (found: ReadonlySet<string>) => plan.kinds.some(kind => kind === ANY || found.has(kind))
    return plan.fewest <= iris.length && iris.length <= plan.most && classes.every(found => found.size && isRight(found))
  })
  const [first] = fit
  if (!first) throw new NoProfileError(phrase('There is no page on this, or on these together.'))
  return fit.length === 1 ? first : narrowest(graph, fit, classes[0] as Set<string>)
}

async function narrowest(graph: Graph, fit: readonly PlanData[], classes: ReadonlySet<string>): Promise<PlanData> {
  const above = new Map<string, string[]>()
  for (const row of await graph.read('axioms', null)) {
    const of = local(valueOf(row, 'a'))
    above.set(of, [...(above.get(of) ?? []), local(valueOf(row, 'b'))])
  }
  const own = (plan: PlanData) => plan.kinds.filter(kind => classes.has(kind))
  const all = new Set(fit.flatMap(own))
  const depth = (kind: string) => [...reached(kind, above)].filter(one => all.has(one)).length
  const rank = (plan: PlanData) => [plan.most, -Math.max(-1, ...own(plan).map(depth)), plan.name]
  return [...fit].sort((a, b) => compare(rank(a), rank(b)))[0] as PlanData
}

/** Returns the classes above a class. */
function reached(kind: string, above: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>()
  const ahead = [kind]
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    for (const one of above.get(next) ?? []) {
      if (found.has(one)) continue
      found.add(one)
      ahead.push(one)
    }
  }
  found.delete(kind)
  return found
}
