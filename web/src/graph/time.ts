// Time: what held on a day, certainly or possibly, by the rule of the design (P20). The twin of stdgraph/graph/time.py.

import { type Day, ENDS, SLOTS } from '../model/dates'
import { byCodePoint } from '../model/order'
import { local } from '../model/vocabulary'
import { type Graph, maybe, valueOf } from './reads'

/** Kinds that hold over a time; all others but figures are acts, which hold once done. */
const STATES = new Set([
  'Organization', 'GeopoliticalEntity', 'Person', 'Name', 'Agreement', 'AgreementSet', 'Arrangement', 'Membership',
  'GroupMembership', 'SecretariatAssignment', 'Liaison', 'PartyStatus', 'Recognition', 'Platform', 'Project', 'Standard',
  'StandardProject', 'Evidence',
])
/** What neither a date, an attestation nor a reason places. */
export const UNDATED = 'undated'
export type Certainty = 'certain' | 'possible' | 'undated'

/** The bounds of one record by the stem of the property, its own dates, and the days on which it is attested. */
class Time {
  readonly kinds = new Set<string>()
  private readonly own = new Set<string>()
  readonly days = new Map<string, Day>()
  readonly attested: (readonly [Day, Day])[] = []

  /** Takes in a date or a bound; of several bounds the one that says most. */
  note(name: string, value: string): void {
    if (name in SLOTS) {
      this.own.add(name)
      return
    }
    const known = this.days.get(name) ?? value
    const isLater = value > known
    this.days.set(name, isLater === name.endsWith('Earliest') ? value : known)
  }

  /** Returns how a record held on a day, null where it did not. */
  on(day: Day): Certainty | null {
    return [...this.kinds].some(kind => STATES.has(kind)) ? this.state(day) : this.act(day)
  }

  private state(day: Day): Certainty | null {
    const [begins, began] = this.bounds(this.has('start') ? 'start' : 'date')
    const [ends, ended] = this.bounds('end')
    if ((begins && begins > day) || (ended && ended < day)) return null
    if ((began && began <= day) || this.seen(day)) {
      const still = (ends && ends >= day) || this.attested.some(([first]) => first >= day)
      return still ? 'certain' : 'possible'
    }
    return begins && (this.own.has('start') || this.own.has('date')) ? 'possible' : UNDATED
  }

  private act(day: Day): Certainty | null {
    const slots = this.has('date', 'start') ? ['date', 'start'] : ['asOf']
    const [first, last] = this.bounds(...slots)
    if (first && first > day) return null
    if ((last && last <= day) || this.seen(day)) return 'certain'
    return first && slots.some(slot => this.own.has(slot)) ? 'possible' : UNDATED
  }

  /** Returns the last of the first days and the first of the last days that some dates allow. */
  private bounds(...stems: string[]): [Day | undefined, Day | undefined] {
    const of = (end: string) => stems.map(stem => this.days.get(stem + end)).filter(day => day !== undefined).sort(byCodePoint)
    return [of('Earliest').at(-1), of('Latest').at(0)]
  }

  private has(...stems: string[]): boolean {
    return stems.some(stem => ENDS.some(end => this.days.has(stem + end)))
  }

  private seen(day: Day): boolean {
    return this.attested.some(([, last]) => last <= day)
  }
}

/** What held on a day: each record with its certainty, and how many undated ones were left out. */
export interface Standing {
  readonly held: ReadonlyMap<string, Certainty>
  readonly leftOut: number
}

/** Returns what of some records held on a day, null without a day; undated ones are left out unless asked for. */
export async function standing(
  graph: Graph, records: Iterable<string>, day: Day | null, undated = false,
): Promise<Standing | null> {
  if (day === null) return null
  const found = await certainty(graph, new Set(records), day)
  if (undated) return { held: found, leftOut: 0 }
  const held = new Map([...found].filter(([, how]) => how !== UNDATED))
  return { held, leftOut: found.size - held.size }
}

/**
 * Returns the certainty of each record; records that did not hold on the day are left out. A derived link holds as its
 * surest basis does; of figures that differ in time alone, the newest up to the day counts.
 */
async function certainty(graph: Graph, wanted: ReadonlySet<string>, day: Day): Promise<Map<string, Certainty>> {
  const basis = new Map<string, Set<string>>()
  for (const row of await graph.read('basis', wanted)) {
    const of = basis.get(valueOf(row, 'x')) ?? new Set()
    basis.set(valueOf(row, 'x'), of.add(valueOf(row, 'b')))
  }
  if (!basis.size) return plainCertainty(graph, wanted, day)
  const below = await certainty(graph, new Set([...basis.values()].flatMap(of => [...of])), day)
  const derived = new Map<string, Certainty>()
  for (const [iri, of] of basis) {
    const how = [...of].flatMap(one => below.get(one) ?? []).sort(byCodePoint)[0]
    if (how) derived.set(iri, how)
  }
  const rest = await certainty(graph, new Set([...wanted].filter(iri => !basis.has(iri))), day)
  return new Map([...derived, ...rest])
}

async function plainCertainty(graph: Graph, wanted: ReadonlySet<string>, day: Day): Promise<Map<string, Certainty>> {
  const times = await timesOf(graph, wanted)
  const held = new Map<string, Certainty>()
  for (const [iri, time] of times) {
    const how = time.on(day)
    if (how) held.set(iri, how)
  }
  return newestFigures(graph, held, times)
}

async function timesOf(graph: Graph, records: ReadonlySet<string>): Promise<Map<string, Time>> {
  const times = new Map([...records].map(iri => [iri, new Time()]))
  const of = (iri: string) => times.get(iri) as Time
  for (const row of await graph.read('bounds', records)) of(valueOf(row, 'x')).note(local(valueOf(row, 'p')), valueOf(row, 'v'))
  for (const row of await graph.read('attested', records)) of(valueOf(row, 'x')).attested.push([valueOf(row, 'e'), valueOf(row, 'l')])
  for (const row of await graph.read('classes', records)) of(valueOf(row, 'x')).kinds.add(local(valueOf(row, 'c')))
  for (const time of times.values()) {
    const [first, last] = [time.days.get('attestedEarliest'), time.days.get('attestedLatest')]
    if (first && last) time.attested.push([first, last]) // an evidence speaks for what it shows
  }
  return times
}

async function newestFigures(
  graph: Graph, held: Map<string, Certainty>, times: ReadonlyMap<string, Time>,
): Promise<Map<string, Certainty>> {
  const figures = [...held].filter(([iri, how]) => how !== UNDATED && times.get(iri)?.kinds.has('Figure')).map(([iri]) => iri)
  const series = new Map<string, string[]>()
  for (const row of await graph.read('figure-series', figures)) {
    if (row['target']) continue // a target is not overtaken by another, nor by what was reached
    const name = [valueOf(row, 'm'), valueOf(row, 'of'), maybe(row, 'scope') ?? ''].join(' ')
    series.set(name, [...(series.get(name) ?? []), valueOf(row, 'x')])
  }
  for (const members of series.values()) {
    const ends = new Map(members.map(iri => [iri, endOf(times.get(iri))]))
    const newest = [...ends.values()].filter(day => day !== undefined).sort(byCodePoint).at(-1)
    for (const [iri, end] of ends) if (end && newest && end < newest) held.delete(iri)
  }
  return held
}

function endOf(time: Time | undefined): Day | undefined {
  return time?.days.get('asOfLatest') ?? time?.days.get('dateLatest')
}
