// Walking a network by keyboard: to the next node in a direction, and from edge to edge around a node.

import type { Point } from '../networks/data'
import type { Network } from '../networks/network'

const WAYS: Readonly<Record<string, Point>> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }

/** Returns the node that lies nearest in the direction of an arrow key; what lies aside counts as farther. */
export function inDirection(places: ReadonlyMap<string, Point>, from: string, key: string): string | null {
  const way = WAYS[key]
  const here = places.get(from)
  if (!way || !here) return null
  let best: string | null = null
  let least = Infinity
  for (const [id, [x, y]] of places) {
    const [dx, dy] = [x - here[0], y - here[1]]
    const ahead = dx * way[0] + dy * way[1]
    const aside = Math.abs(dx * way[1] + dy * way[0])
    const far = ahead + 2 * aside
    if (id !== from && ahead > 0 && aside <= 2 * ahead && far < least) {
      best = id
      least = far
    }
  }
  return best
}

/** Returns the keys of the edges of a node, of the heaviest first. */
export function edgesOf(found: Network, id: string): string[] {
  return found.edges.filter(edge => edge.a === id || edge.b === id).sort((a, b) => b.weight - a.weight).map(edge => edge.key)
}

/** Returns the next of some things, or the one before; from the last on to the first. */
export function turned(of: readonly string[], at: string, step: 1 | -1): string | null {
  if (!of.length) return null
  const now = of.indexOf(at)
  return of[now < 0 ? (step > 0 ? 0 : of.length - 1) : (now + step + of.length) % of.length] ?? null
}
