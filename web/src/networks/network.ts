// Ties summed up as a network: nodes and edges in the order of their ids. The twin of stdgraph/networks/network.py.

import type { Lang } from '../locale/locale'
import { bounds, latest } from '../model/dates'
import { compare, sortedBy, sortedSet } from '../model/order'
import { expand, short } from '../model/vocabulary'
import type { Names } from '../storage/names'
import { type Choice, told, type Weighing } from './choice'
import { chosen, type Held } from './chosen'
import type { NetworksData, ViewData } from './data'
import { projected } from './projection'
import { kindOf, type Tie, weightOf, yearsOf } from './ties'

/** A node: its id, and what is known of it; '' is not known. */
export interface Node {
  readonly id: string
  readonly iri: string
  readonly en: string
  readonly zh: string
  readonly kind: string
  readonly level: string
  readonly country: string
  readonly region: string
  readonly side: string
}

/** An edge. What a projection or a backbone does not have is left out. */
export interface Edge {
  readonly key: string
  readonly a: string
  readonly b: string
  readonly weight: number
  readonly bodies?: number
  readonly expected?: number
  readonly p?: number
  readonly records: readonly string[]
  readonly kinds: readonly string[]
  readonly kindWeights: Readonly<Record<string, number>>
  readonly parties?: number
  readonly first?: string
  readonly last?: string
  /** In order: an object would put its whole numbers first. */
  readonly yearWeights: ReadonlyMap<string, number>
  readonly attested?: string
  readonly layers: readonly string[]
}

export interface Network {
  readonly name: string
  readonly view: ViewData
  readonly choice: Choice
  readonly nodes: ReadonlyMap<string, Node>
  readonly edges: readonly Edge[]
  readonly leftOut: Readonly<Record<string, number>>
}

const LEVELS: Readonly<Record<string, string>> = { Country: 'country', Person: 'person', CountryGroup: 'group', WorldRegion: 'group' }

/** Returns a view as a network. */
export function network(data: NetworksData, names: Names, name: string, choice: Choice, held: Held = null): Network {
  const view = data.views[name] as ViewData
  const found = chosen(data, view, choice, held)
  const { ends, edges } = view.mode === 'projection' ? meetings(found.ties, choice.weight) : grouped(view, found.ties, choice.weight)
  const nodes = sortedBy(ends, ([id, [, side]]) => [side === view.right && view.right ? 1 : 0, id])
  return {
    name, view, choice, leftOut: found.leftOut,
    nodes: new Map(nodes.map(([id, [of, side]]) => [id, nodeOf(data, names, name, view, id, of, side)])),
    edges: sortedBy(edges, edge => [edge.a, edge.b]),
  }
}

/** Returns what names an edge. */
export function keyOf(a: string, b: string): string {
  return `${a}~${b}`
}

export const NONE: ReadonlyMap<string, number> = new Map()

type Ends = Map<string, readonly [string, string]>

function meetings(found: readonly Tie[], weight: Weighing): { ends: Ends; edges: Edge[] } {
  const edges = projected(found, weight).map(one => ({
    ...one, key: keyOf(one.a, one.b), records: [], kinds: [], kindWeights: {}, yearWeights: NONE, layers: [],
  }))
  return { ends: new Map(edges.flatMap(({ a, b }) => [[a, [a, '']], [b, [b, '']]])), edges }
}

function grouped(view: ViewData, found: readonly Tie[], weight: Weighing): { ends: Ends; edges: Edge[] } {
  const isTwo = view.mode === 'two-mode'
  const lefts = new Set(isTwo ? found.map(tie => tie.a) : [])
  const ends: Ends = new Map()
  const groups = new Map<string, Tie[]>()
  for (const tie of found) {
    const b = lefts.has(tie.b) ? `${tie.b}#${view.right}` : tie.b
    ends.set(tie.a, [tie.a, isTwo ? view.left : '']).set(b, [tie.b, isTwo ? view.right : ''])
    const key = keyOf(tie.a, b)
    groups.set(key, [...(groups.get(key) ?? []), tie])
  }
  return { ends, edges: [...groups].map(([key, group]) => edgeOf(key, group, weight)) }
}

function edgeOf(key: string, found: readonly Tie[], weight: Weighing): Edge {
  const each = new Map<string, number>()
  for (const tie of found) each.set(kindOf(tie), (each.get(kindOf(tie)) ?? 0) + weightOf(tie, weight))
  const [a, b] = key.split('~') as [string, string]
  const kinds = sortedSet(each.keys())
  const attested = latest(sortedSet(found.flatMap(tie => tie.attested || [])))
  return {
    key, a, b, kinds,
    weight: plain([...each.values()].reduce((sum, value) => sum + value)),
    records: sortedSet(found.map(tie => expand(tie.record))).map(short),
    kindWeights: Object.fromEntries(kinds.map(kind => [kind, plain(each.get(kind) as number)])),
    parties: Math.min(...found.map(tie => tie.parties)),
    ...dates(sortedSet(found.flatMap(tie => [tie.first, tie.last]).filter(Boolean))),
    yearWeights: byYear(found, weight),
    ...(attested ? { attested } : {}),
    layers: sortedSet(found.flatMap(tie => tie.layers)),
  }
}

function dates(every: readonly string[]): { first?: string; last?: string } {
  if (!every.length) return {}
  const first = every.reduce((best, day) => (compare(bounds(day), bounds(best)) < 0 ? day : best))
  const last = every.reduce((best, day) => (compare(bounds(day).toReversed(), bounds(best).toReversed()) > 0 ? day : best))
  return { first, last }
}

/** Returns the weight of the dated records by year, years in a row that have the same one as one EDTF interval. */
function byYear(found: readonly Tie[], weight: Weighing): ReadonlyMap<string, number> {
  const years = new Map<number, number>()
  for (const tie of found) {
    const [first, last] = yearsOf(tie) ?? [1, 0]
    for (let year = first; year <= last; year++) years.set(year, (years.get(year) ?? 0) + weightOf(tie, weight))
  }
  const runs: [number, number, number][] = []
  for (const [year, sum] of [...years].sort(([a], [b]) => a - b)) {
    const before = runs.at(-1)
    if (before && before[1] === year - 1 && before[2] === plain(sum)) before[1] = year
    else runs.push([year, year, plain(sum)])
  }
  const text = (year: number) => String(year).padStart(4, '0')
  return new Map(runs.map(([first, last, sum]) => [first === last ? text(first) : `${text(first)}/${text(last)}`, sum]))
}

/** Returns no more digits of a number than a sum of fractions has right. */
export function plain(value: number): number {
  return Number(value.toFixed(12))
}

function nodeOf(data: NetworksData, names: Names, name: string, view: ViewData, id: string, of: string, side: string): Node {
  const [kind, country, region] = data.things[of] ?? ['', '', '']
  const iri = expand(of)
  const named = names.get(iri)
  const isOther = side !== '' && side === view.right && view.right !== 'body'
  const level = isOther ? view.right : name === 'standards' ? 'standard' : (LEVELS[kind] ?? 'body')
  return { id, iri, en: named?.en ?? '', zh: named?.zh ?? '', kind, level, country, region, side }
}

/** Returns the label of a node in a language, else in the other one, else its id. */
export function labelled(node: Node, lang: Lang): string {
  return (lang === 'zh' ? node.zh || node.en : node.en || node.zh) || node.id
}

interface Told {
  readonly data: string
  readonly stdgraph: string
  readonly licence: string
  readonly cite: string
}

/** Returns what a file tells of a network; of a backbone also how it was tested. */
export function toldOf(found: Network, app: Told, tested: { correction: string; tests: number } | null = null): Record<string, unknown> {
  const { view, name, choice, leftOut } = found
  const licence = `${app.licence} (data of registers: the licences that \`stdgraph pack list\` tells)`
  const made = { data: app.data, stdgraph: app.stdgraph, licence, cite: app.cite }
  if (tested) {
    const model = view.mode === 'mutual' || view.mode === 'directed' ? 'disparity' : 'sdsm'
    return { view: name, options: told(choice), left_out: leftOut, ...made, mode: 'backbone', model, alpha: 0.05, correction: tested.correction, tail: 'upper', tests: tested.tests }
  }
  const sides = view.mode === 'two-mode' ? { left: view.left, right: view.right } : {}
  return { view: name, mode: view.mode, options: told(choice), ...sides, left_out: leftOut, ...made }
}
