// Where nodes stand that the reader adds: those that stand already stay, new ones go by stress, from a first place around the
// one they grew from. No chance in it: the same steps give the same picture, so that an address gives it again.
// Source: Gansner, Koren and North, Graph Drawing by Stress Majorization (2004), point by point.

import type { Point } from './data'
import type { Network } from './network'
import { grown, neighbours } from './shown'

export type Places = Map<string, Point>

/** The golden angle: however many stand on a ring, no two stand in one direction. */
const TURN = 2.399963
/** Pairs that are looked at altogether, so that a click takes no longer with many nodes. */
const EFFORT = 6_000_000
const FAR = 4

/** Returns where the nodes stand of what grew around some nodes, one after the other. */
export function placed(found: Network, around: readonly string[], pins: ReadonlyMap<string, Point>): Places {
  let places: Places = new Map()
  around.forEach((id, at) => {
    if (!found.nodes.has(id)) return
    const now = grown(found, around.slice(0, at + 1))
    const fresh = [...now.nodes.keys()].filter(one => !places.has(one))
    const origin = places.get(id) ?? first(places)
    fresh.filter(one => one !== id).forEach((one, number) => places.set(one, around_(origin, places.size ? middle(places) : origin, number, fresh.length)))
    if (!places.has(id) || fresh.includes(id)) places.set(id, origin)
    places = settled(now, lengthsOf(now), places, fresh.filter(one => !pins.has(one)))
  })
  for (const [id, place] of pins) if (places.has(id)) places.set(id, place)
  return places
}

/** Returns the length of each edge: the longer, the more neighbours only one of its ends has. */
function lengthsOf(found: Network): Map<string, number> {
  const near = neighbours(found)
  return new Map(found.edges.map(({ key, a, b }) => {
    const [one, other] = [near.get(a) as ReadonlySet<string>, near.get(b) as ReadonlySet<string>]
    let common = 0
    for (const id of one) if (other.has(id)) common++
    return [key, Math.sqrt(Math.max(one.size + other.size - 2 * common, 1))]
  }))
}

function first(places: Places): Point {
  if (!places.size) return [0, 0]
  return [Math.max(...[...places.values()].map(([x]) => x)) + 5, 0]
}

function middle(places: Places): Point {
  const all = [...places.values()]
  return [all.reduce((sum, [x]) => sum + x, 0) / all.length, all.reduce((sum, [, y]) => sum + y, 0) / all.length]
}

/** Returns the first place of the n-th of some nodes: on rings around an origin, on the side away from the middle first. */
function around_([x, y]: Point, [mx, my]: Point, number: number, all: number): Point {
  const away = x === mx && y === my ? 0 : Math.atan2(y - my, x - mx)
  const turn = away + number * TURN
  const far = 1 + 3 * Math.sqrt(number / Math.max(all, 1))
  return [x + far * Math.cos(turn), y + far * Math.sin(turn)]
}

function settled(now: Network, lengths: ReadonlyMap<string, number>, places: Places, free: readonly string[]): Places {
  const ids = [...now.nodes.keys()]
  const at = new Map(ids.map((id, number) => [id, number]))
  const far = distances(now, ids, at, lengths, free)
  const [x, y] = [0, 1].map(axis => Float64Array.from(ids, id => (places.get(id) as Point)[axis as 0 | 1])) as [Float64Array, Float64Array]
  const sweeps = Math.max(4, Math.min(150, Math.floor(EFFORT / (ids.length * Math.max(free.length, 1)))))
  for (let sweep = 0; sweep < sweeps; sweep++) free.forEach((id, row) => move(at.get(id) as number, far[row] as Float64Array, x, y))
  const round = (value: number) => Math.round(value * 100) / 100
  return new Map([...places, ...ids.map((id, number) => [id, [round(x[number] as number), round(y[number] as number)]] as [string, Point])])
}

/** Moves one node to where all others, each at its distance, would have it. */
function move(one: number, far: Float64Array, x: Float64Array, y: Float64Array): void {
  let [sum, sx, sy] = [0, 0, 0]
  const [ox, oy] = [x[one] as number, y[one] as number]
  for (let other = 0; other < far.length; other++) {
    const wanted = far[other] as number
    if (other === one) continue
    const [px, py] = [x[other] as number, y[other] as number]
    const is = Math.hypot(ox - px, oy - py) || 1e-6
    const weight = 1 / (wanted * wanted)
    sum += weight
    sx += weight * (px + (wanted * (ox - px)) / is)
    sy += weight * (py + (wanted * (oy - py)) / is)
  }
  if (!sum) return
  x[one] = sx / sum
  y[one] = sy / sum
}

/** Returns the distance of each free node from all, along the edges; those of other parts are far. */
function distances(now: Network, ids: readonly string[], at: ReadonlyMap<string, number>, lengths: ReadonlyMap<string, number>, free: readonly string[]): Float64Array[] {
  const near: [number, number][][] = ids.map(() => [])
  for (const { key, a, b } of now.edges) {
    const [one, other, length] = [at.get(a) as number, at.get(b) as number, lengths.get(key) as number]
    near[one]?.push([other, length])
    near[other]?.push([one, length])
  }
  return free.map(id => reached(at.get(id) as number, near))
}

/** Returns the lengths of the shortest ways from a node, step by step until none is shorter (Bellman and Ford). */
function reached(from: number, near: readonly (readonly [number, number][])[]): Float64Array {
  const far = new Float64Array(near.length).fill(Infinity)
  far[from] = 0
  let edge = [from]
  while (edge.length) {
    const next = new Set<number>()
    for (const one of edge) {
      for (const [other, length] of near[one] as readonly [number, number][]) {
        const way = (far[one] as number) + length
        if (way < (far[other] as number)) {
          far[other] = way
          next.add(other)
        }
      }
    }
    edge = [...next]
  }
  const most = far.reduce((max, value) => (value < Infinity ? Math.max(max, value) : max), 0)
  return far.map(value => (value === Infinity ? most + FAR : value))
}
