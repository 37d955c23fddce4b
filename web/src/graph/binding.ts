// A question and its arguments as one query: terms in its VALUES rows, and what stands for an actor or a group.
// The twin of stdgraph/graph/binding.py.

import type { QuestionData } from '../bundle/bundle'
import type { RdfTerm } from '../engine/engine'
import { type Day, eachYear } from '../model/dates'
import type { Stood } from '../model/results'
import { XSD } from '../model/vocabulary'
import { bound, type Given } from '../storage/queries'
import { type Level, type Reach, reach as reachOf } from './bodies'
import { members } from './groups'
import { actorsOf, groupsOf } from './questions'
import type { Graph } from './reads'

/** The parameter of a question that has a day of its own. */
export const ON = 'on'

export type Values = ReadonlyMap<string, RdfTerm>

/**
 * Returns the query with each parameter's VALUES rows holding its term, `UNDEF` for one that is left out. A row
 * `VALUES ?any_NAME` holds also what stands for the actor; that of a parameter that takes a group its countries.
 */
export function bind(asked: QuestionData, values: Values, bodies: Reach['bodies'] = new Map()): string {
  const terms: Record<string, readonly Given[]> = {}
  for (const { name } of asked.parameters) terms[name] = yearsOf(values.get(name) ?? null)
  const slots = [...actorsOf(asked).map(name => [`any_${name}`, name]), ...groupsOf(asked).map(name => [name, name])]
  for (const [slot, name] of slots as [string, string][]) {
    const value = values.get(name)
    terms[slot] = (value && bodies.get(value.value)) ?? [value ?? null]
  }
  return bound(asked.query, terms)
}

/** Returns a term alone, or each year of a span of years. */
function yearsOf(term: RdfTerm | null): Given[] {
  if (term?.datatype !== `${XSD}gYear`) return [term]
  return eachYear(term.value).map(value => ({ ...term, value }))
}

/** Returns what stands for each actor that was given; countries are in a group on the day asked for. */
export async function reach(
  graph: Graph, asked: QuestionData, values: Values, level: Level | null, given: Day | null,
): Promise<Reach> {
  const iris = (names: readonly string[]) => names.flatMap(name => values.get(name)?.value ?? [])
  const day = values.get(ON)?.value ?? given
  const actors = iris(actorsOf(asked))
  const found = await reachOf(graph, actors, level, day)
  const apart = await members(graph, new Set(iris(groupsOf(asked)).filter(iri => !actors.includes(iri))), day)
  const bodies = new Map<string, readonly string[]>(found.bodies)
  for (const [iri, of] of apart) bodies.set(iri, [iri, ...of.countries])
  return { bodies, groups: new Map([...found.groups, ...apart]), alone: found.alone }
}

/** Returns for how many countries each parameter stood that was given a group, or an organization that has one. */
export function stood(asked: QuestionData, values: Values, reached: Reach): Record<string, Stood> {
  const found: Record<string, Stood> = {}
  for (const name of [...actorsOf(asked), ...groupsOf(asked)]) {
    const given = values.get(name)?.value ?? ''
    const [of, alone] = [reached.groups.get(given), reached.alone.get(given)]
    if (of) found[name] = { countries: of.countries.length, listed: of.listed, isAlone: false }
    else if (alone) found[name] = { countries: 0, listed: alone.listed, isAlone: true }
  }
  return found
}
