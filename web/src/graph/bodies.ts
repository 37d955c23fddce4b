// A country or its bodies, a group or its countries, a body or its units: the one rule by which answers roll up.
// The twin of stdgraph/graph/bodies.py.

import { ParameterError } from '../errors'
import { phrase } from '../locale/locale'
import type { Day } from '../model/dates'
import { byCodePoint, sortedBy } from '../model/order'
import { STDG } from '../model/vocabulary'
import { GROUPS, type Members, members, NONE } from './groups'
import { kindsOf } from './labels'
import { type Graph, valueOf } from './reads'

/** `own`: the actor itself; `all`: what it is to its bodies and units as well, as is usual for countries and groups. */
export const LEVELS = ['own', 'all'] as const
export type Level = (typeof LEVELS)[number]
export const COUNTRY = `${STDG}Country`

/** Returns a level; throws ParameterError for any other word. */
export function knownLevel(level: string): Level {
  const found = LEVELS.find(one => one === level)
  if (found) return found
  throw new ParameterError('level', phrase("'{level}' is none of {levels}", { level, levels: LEVELS.join(', ') }))
}

/** What stands for each of some actors, itself first; the members of groups, and of those not asked for theirs. */
export interface Reach {
  readonly bodies: ReadonlyMap<string, readonly string[]>
  readonly groups: ReadonlyMap<string, Members>
  readonly alone: ReadonlyMap<string, Members>
}

/**
 * Returns for each actor the IRIs that stand for it: its own first, then those of its countries, bodies and units.
 * What would stand for two of them stands for the narrower one: between China and SAC, SAC is not China.
 */
export async function reach(
  graph: Graph, actors: Iterable<string>, level: Level | null = null, day: Day | null = null,
): Promise<Reach> {
  const found = new Map([...actors].map(actor => [actor, [actor]]))
  const kinds = level === 'own' ? new Map<string, string>() : await kindsOf(graph, found.keys())
  const known = await members(graph, [...kinds.keys()].filter(actor => kinds.get(actor) !== COUNTRY), day)
  const groups = new Map<string, Members>()
  for (const [actor, kind] of kinds) {
    if (GROUPS.has(kind) || (level === 'all' && known.has(actor))) groups.set(actor, known.get(actor) ?? NONE)
  }
  const owners = new Map<string, Set<string>>()
  for (const actor of found.keys()) {
    if (level === 'all' || kinds.get(actor) === COUNTRY) owners.set(actor, new Set([actor]))
  }
  for (const [actor, of] of groups) {
    found.get(actor)?.push(...of.countries)
    for (const country of of.countries) owners.set(country, (owners.get(country) ?? new Set()).add(actor))
  }
  const rows = (await graph.ofEach('bodies', owners.keys())).map(row => [valueOf(row, 'x'), valueOf(row, 'body')] as const)
  for (const [of, body] of sortedBy(rows, row => row)) {
    for (const actor of [...(owners.get(of) ?? [])].sort(byCodePoint)) found.get(actor)?.push(body)
  }
  const alone = new Map([...known].filter(([actor]) => !groups.has(actor)))
  return { bodies: narrowed(found), groups, alone }
}

/** Returns what stands for each actor without what stands for a narrower one, each once. */
function narrowed(found: Map<string, string[]>): Map<string, string[]> {
  const narrow = new Set<string>()
  for (const actor of sortedBy(found.keys(), one => found.get(one)?.length ?? 0)) {
    const kept = [...new Set(found.get(actor))].filter(body => !narrow.has(body))
    found.set(actor, kept)
    for (const body of kept) narrow.add(body)
  }
  return found
}
