// What of a network is shown: all of it, or what has grown around one thing. The twin of stdgraph/networks/plots/ego.py.

import type { Network } from './network'

/** Returns the nodes of a thing: one that stands in both modes of a network is two. */
export function nodesOf(found: Network, iri: string): string[] {
  return [...found.nodes.values()].filter(node => node.iri === iri).map(node => node.id)
}

/** Returns the neighbours of each node, whatever way edges go. */
export function neighbours(found: Network): Map<string, Set<string>> {
  const near = new Map<string, Set<string>>([...found.nodes.keys()].map(id => [id, new Set()]))
  for (const { a, b } of found.edges) {
    near.get(a)?.add(b)
    near.get(b)?.add(a)
  }
  return near
}

/** Returns the part of a network that grew around some nodes: they, their neighbours, and the edges among all of these. */
export function grown(found: Network, around: readonly string[], without: readonly string[] = []): Network {
  const near = neighbours(found)
  const nodes = new Set(around.flatMap(id => (near.has(id) ? [id, ...(near.get(id) as Set<string>)] : [])))
  for (const id of without) nodes.delete(id)
  return part(found, nodes)
}

/** Returns the network of some of its nodes, in its order. */
export function part(found: Network, nodes: ReadonlySet<string>): Network {
  return {
    ...found,
    nodes: new Map([...found.nodes].filter(([id]) => nodes.has(id))),
    edges: found.edges.filter(edge => nodes.has(edge.a) && nodes.has(edge.b)),
  }
}
