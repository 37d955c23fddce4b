// The map of the world: shapes of countries (Natural Earth, as TopoJSON), drawn in the Equal Earth projection.

import { read, source } from '../bundle/bundle'

interface Geometry {
  readonly type: 'Polygon' | 'MultiPolygon'
  readonly arcs: readonly unknown[]
  readonly id?: string
}
interface Topology {
  readonly arcs: readonly (readonly (readonly [number, number])[])[]
  readonly transform: { readonly scale: readonly [number, number]; readonly translate: readonly [number, number] }
  readonly objects: { readonly countries: { readonly geometries: readonly Geometry[] } }
}
type Point = readonly [number, number]

export const WIDTH = 720
export const HEIGHT = 331
/** The Equal Earth projection (Šavrič, Patterson, Jenny 2018). */
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796] as const
const HALF = Math.sqrt(3) / 2
const SCALE = 680 / (2 * 2.70663)

let known: Promise<ReadonlyMap<string, string>> | undefined

/** Returns the outline of each country by its code, read once. */
export function outlines(): Promise<ReadonlyMap<string, string>> {
  return (known ??= read<Topology>(source(), 'shapes.json').then(drawn))
}

function drawn(topology: Topology): ReadonlyMap<string, string> {
  const arcs = topology.arcs.map(arc => placed(arc, topology.transform))
  const all = topology.objects.countries.geometries.map((one, at) => {
    const polygons = (one.type === 'Polygon' ? [one.arcs] : one.arcs) as readonly (readonly (readonly number[])[])[]
    return [one.id ?? `-${at}`, polygons.flat().map(ring => outline(ring, arcs)).join('')] as const
  })
  return new Map(all.filter(([code]) => code !== 'AQ'))
}

/** Returns the degrees east and north of an arc's points. */
function placed(arc: readonly Point[], { scale, translate }: Topology['transform']): Point[] {
  let [x, y] = [0, 0]
  return arc.map(([dx, dy]) => {
    x += dx
    y += dy
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
  })
}

function projected(east: number, north: number): Point {
  const angle = Math.asin(HALF * Math.sin((north * Math.PI) / 180))
  const square = angle * angle
  const sixth = square * square * square
  const x = ((east * Math.PI) / 180) * Math.cos(angle) / (HALF * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
  const y = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
  return [WIDTH / 2 + x * SCALE, HEIGHT / 2 - y * SCALE]
}

function outline(ring: readonly number[], arcs: readonly Point[][]): string {
  const points = ring.flatMap(at => (at < 0 ? (arcs[~at] as Point[]).toReversed() : (arcs[at] as Point[])))
  let before = points[0]?.[0] ?? 0
  const told = points.map(([east, north]) => {
    before = east + 360 * Math.round((before - east) / 360) // what crosses 180° goes on beyond it
    const [x, y] = projected(before, north)
    return `${x.toFixed(1)},${y.toFixed(1)}`
  })
  return `M${told.join('L')}Z`
}
