// The ties that are more than chance gives. Of one mode by the disparity filter, here, for whatever is chosen; of two modes
// the pairs of lefts that `stdgraph site` has tested in the whole view. The twin of part of stdgraph/networks/significance.

import type { Names } from '../storage/names'
import type { NetworksData } from './data'
import { USUAL } from './choice'
import { type Edge, keyOf, network, type Network, NONE } from './network'

export const CORRECTIONS = ['bonferroni', 'benjamini-hochberg', 'none'] as const
export type Correction = (typeof CORRECTIONS)[number]
export const ALPHA = 0.05

interface Tested {
  readonly edge: Edge
  readonly p: number
  readonly expected: number
}

export interface Backbone {
  readonly network: Network
  readonly tests: number
  /** Whether it is of the whole view, whatever else is chosen. */
  readonly isWhole: boolean
}

/** Returns the backbone of a network, null where it was too large to be computed. */
export function backbone(data: NetworksData, names: Names, found: Network, correction: Correction): Backbone | null {
  const { name, view } = found
  if (view.mode === 'mutual' || view.mode === 'directed') {
    const [tested, tests] = disparity(found)
    return { network: kept(found, tested, correction, tests), tests, isWhole: false }
  }
  const of = view.mode === 'two-mode' ? name : twoMode(data, view.query)
  const told = data.backbones[of]
  if (!told) return null
  const whole = network(data, names, of, USUAL)
  const tested = told.pairs.map(([a, b, weight, expected, p]) => ({ edge: meeting(a, b, weight), p, expected }))
  return { network: { ...kept(whole, tested, correction, told.tests), view, name }, tests: told.tests, isWhole: true }
}

function twoMode(data: NetworksData, query: string): string {
  return Object.entries(data.views).find(([, one]) => one.mode === 'two-mode' && one.query === query)?.[0] ?? ''
}

function meeting(a: string, b: string, weight: number): Edge {
  return { key: keyOf(a, b), a, b, weight, records: [], kinds: [], kindWeights: {}, yearWeights: NONE, layers: [] }
}

function kept(found: Network, tested: readonly Tested[], correction: Correction, tests: number): Network {
  const limit = limitOf(tested.map(one => one.p), correction, tests)
  const edges = tested.filter(one => one.p <= limit).map(({ edge, p, expected }) => ({ ...edge, p, expected }))
  const ends = new Set(edges.flatMap(edge => [edge.a, edge.b]))
  const nodes = [...found.nodes].filter(([id]) => ends.has(id)).map(([id, node]) => [id, { ...node, side: '' }] as const)
  return { ...found, nodes: new Map(nodes), edges }
}

/** Returns the greatest p that is kept; `values` are all those of at most ALPHA. */
function limitOf(values: readonly number[], correction: Correction, tests: number): number {
  if (correction === 'none') return ALPHA
  if (correction === 'bonferroni') return ALPHA / tests
  const ordered = values.toSorted((a, b) => a - b)
  const under = ordered.findLastIndex((p, at) => p <= (ALPHA * (at + 1)) / tests)
  return under < 0 ? -1 : (ordered[under] as number)
}

/** Returns each edge with the lesser p of its two ends, and how many tests there were. Source: Serrano, Boguñá and Vespignani 2009. */
function disparity(found: Network): [Tested[], number] {
  const isDirected = found.view.mode === 'directed'
  const edges = found.edges.filter(edge => edge.a !== edge.b)
  const [out, into] = [new Map<string, number[]>(), new Map<string, number[]>()]
  const add = (to: Map<string, number[]>, id: string, weight: number) => to.set(id, [...(to.get(id) ?? []), weight])
  for (const { a, b, weight } of edges) {
    add(out, a, weight)
    add(isDirected ? into : out, b, weight)
  }
  const seen = ({ weight }: Edge, weights: readonly number[]) => {
    const strength = weights.reduce((sum, one) => sum + one, 0)
    const p = weights.length > 1 ? (1 - Math.min(weight / strength, 1)) ** (weights.length - 1) : 1
    return { p, expected: strength / weights.length }
  }
  const tested = edges.map(edge => {
    const from = seen(edge, out.get(edge.a) ?? [])
    const to = seen(edge, (isDirected ? into : out).get(edge.b) ?? [])
    return { edge, ...(to.p < from.p ? to : from) }
  })
  return [tested, 2 * edges.length]
}
