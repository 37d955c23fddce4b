// Groups of countries and regions: which countries they stand for, on a day. The twin of stdgraph/graph/groups.py.

import type { Day } from '../model/dates'
import { byCodePoint } from '../model/order'
import { STDG } from '../model/vocabulary'
import { type Graph, maybe, valueOf } from './reads'
import { standing } from './time'

/** The kinds that stand for their countries without being told; an organization has to be asked for its members. */
export const GROUPS = new Set([`${STDG}CountryGroup`, `${STDG}WorldRegion`])

/** The countries that a group stands for, and how many are listed at all. */
export interface Members {
  readonly countries: readonly string[]
  readonly listed: number
}

export const NONE: Members = { countries: [], listed: 0 }

/** What says that a country is in a group: a record, none for the countries of a region. */
interface Stated {
  readonly record: string
  readonly isOwn: boolean
  readonly isDated: boolean
  readonly isOpen: boolean
}

/**
 * Returns the countries of groups, of regions, and of organizations that a group consists of the members of; those that
 * have none are left out. Without a day they are those whose membership has no end. A dated membership of the group
 * itself says more than one of the organization.
 */
export async function members(graph: Graph, groups: Iterable<string>, day: Day | null = null): Promise<Map<string, Members>> {
  const stated = await statedOf(graph, groups)
  const all = [...stated.values()].flatMap(found => [...found.values()].flat())
  const then = await standing(graph, new Set(all.map(one => one.record).filter(Boolean)), day)
  const isMember = (of: readonly Stated[]) => {
    const dated = of.filter(one => one.isOwn && one.isDated)
    return (dated.length ? dated : of).some(one => !one.record || (then ? then.held.has(one.record) : one.isOpen))
  }
  return new Map(
    [...stated].map(([group, found]) => {
      const countries = [...found].filter(([, of]) => isMember(of)).map(([country]) => country)
      return [group, { countries: countries.sort(byCodePoint), listed: found.size }]
    }),
  )
}

async function statedOf(graph: Graph, groups: Iterable<string>): Promise<Map<string, Map<string, Stated[]>>> {
  const found = new Map<string, Map<string, Stated[]>>()
  for (const row of await graph.read('members', groups)) {
    const one = {
      record: maybe(row, 'record') ?? '',
      isOwn: valueOf(row, 'own') === 'true',
      isDated: maybe(row, 'start') !== null,
      isOpen: maybe(row, 'end') === null,
    }
    const of = found.get(valueOf(row, 'x')) ?? new Map<string, Stated[]>()
    found.set(valueOf(row, 'x'), of)
    of.set(valueOf(row, 'country'), [...(of.get(valueOf(row, 'country')) ?? []), one])
  }
  return found
}
