// Measures of nodes, as `stdgraph network metrics` gives them for the same network. The twin of part of
// stdgraph/networks/measures.

import { marked } from '../locale/locale'
import { plain, type Network } from './network'

export type Values = ReadonlyMap<string, number>

interface Measure {
  readonly title: string
  /** Modes of the views to which it fits. */
  readonly fits: readonly string[]
  readonly of: (found: Network) => Values
}

const ONE = ['mutual', 'projection']
const ALL = [...ONE, 'directed', 'two-mode']

export const MEASURES: Readonly<Record<string, Measure>> = {
  degree: { title: marked('number of edges'), fits: ALL, of: found => counted(found, () => 1) },
  strength: { title: marked('sum of the weights'), fits: ALL, of: found => counted(found, edge => edge.weight) },
  in_degree: { title: marked('number of edges that come in'), fits: ['directed'], of: found => counted(found, () => 1, ['b']) },
  out_degree: { title: marked('number of edges that go out'), fits: ['directed'], of: found => counted(found, () => 1, ['a']) },
  betweenness: { title: marked('share of shortest paths (betweenness)'), fits: [...ONE, 'directed'], of: betweenness },
  core: { title: marked('core'), fits: [...ONE, 'directed'], of: cores },
}

/** Returns the names of the measures that fit a view. */
export function fitting(mode: string): string[] {
  return Object.entries(MEASURES).filter(([, one]) => one.fits.includes(mode)).map(([name]) => name)
}

type Ends = readonly ('a' | 'b')[]

function counted(found: Network, weight: (edge: Network['edges'][number]) => number, ends: Ends = ['a', 'b']): Values {
  const sums = new Map<string, number>([...found.nodes.keys()].map(id => [id, 0]))
  for (const edge of found.edges) for (const end of ends) sums.set(edge[end], (sums.get(edge[end]) ?? 0) + weight(edge))
  return new Map([...sums].map(([id, sum]) => [id, plain(sum)]))
}

/** Returns the neighbours of each node by its number; of a directed network those to which its edges lead. */
function adjacent(found: Network, isDirected: boolean): { ids: string[]; near: number[][] } {
  const ids = [...found.nodes.keys()]
  const at = new Map(ids.map((id, number) => [id, number]))
  const near = ids.map(() => [] as number[])
  for (const { a, b } of found.edges) {
    const [one, other] = [at.get(a) as number, at.get(b) as number]
    if (one === other) continue
    near[one]?.push(other)
    if (!isDirected) near[other]?.push(one)
  }
  return { ids, near }
}

/** Source: Brandes, A Faster Algorithm for Betweenness Centrality (2001). */
function betweenness(found: Network): Values {
  const { ids, near } = adjacent(found, found.view.mode === 'directed')
  const n = ids.length
  const sums = new Float64Array(n)
  const [paths, distance, share] = [new Float64Array(n), new Int32Array(n), new Float64Array(n)]
  for (let source = 0; source < n; source++) {
    paths.fill(0)
    distance.fill(-1)
    share.fill(0)
    paths[source] = 1
    distance[source] = 0
    const order = [source]
    for (let at = 0; at < order.length; at++) {
      const one = order[at] as number
      for (const other of near[one] as number[]) {
        if (distance[other] === -1) {
          distance[other] = (distance[one] as number) + 1
          order.push(other)
        }
        if (distance[other] === (distance[one] as number) + 1) paths[other] = (paths[other] as number) + (paths[one] as number)
      }
    }
    shareBack(order, near, distance, paths, share, sums, source)
  }
  const scale = n > 2 ? 1 / ((n - 1) * (n - 2)) : 0
  return new Map(ids.map((id, at) => [id, (sums[at] as number) * scale]))
}

function shareBack(order: readonly number[], near: readonly number[][], distance: Int32Array, paths: Float64Array, share: Float64Array, sums: Float64Array, source: number): void {
  for (let at = order.length - 1; at >= 0; at--) {
    const one = order[at] as number
    let own = 0
    for (const other of near[one] as number[]) {
      if (distance[other] === (distance[one] as number) + 1) own += ((paths[one] as number) / (paths[other] as number)) * (1 + (share[other] as number))
    }
    share[one] = own
    if (one !== source) sums[one] = (sums[one] as number) + own
  }
}

/** Returns for each node the greatest k with a part of the network around it where all have k edges. Source: Seidman 1983. */
function cores(found: Network): Values {
  const { ids, near } = adjacent(found, false)
  const degrees = near.map(others => others.length)
  const left = new Set(ids.keys())
  const core = new Map<string, number>()
  let k = 0
  while (left.size) {
    let least = -1
    for (const one of left) if (least < 0 || (degrees[one] as number) < (degrees[least] as number)) least = one
    k = Math.max(k, degrees[least] as number)
    core.set(ids[least] as string, k)
    left.delete(least)
    for (const other of near[least] as number[]) if (left.has(other)) degrees[other] = (degrees[other] as number) - 1
  }
  return core
}
