// From what a reader asks to what is drawn: the network, the part of it that is shown, where its nodes stand, how they look.

import type { Lang } from '../locale/locale'
import { expand } from '../model/vocabulary'
import { type Backbone, backbone } from '../networks/backbone'
import type { Held } from '../networks/chosen'
import type { NetworksData, Point } from '../networks/data'
import { type Looks, looks, type Palette } from '../networks/looks'
import { labelled, network, type Network } from '../networks/network'
import { placed } from '../networks/placing'
import { grown, neighbours, nodesOf, part } from '../networks/shown'
import type { Names } from '../storage/names'
import type { Asked } from './asked'
import { type Box, frameOf, type Line, type Mark } from './marks'

/** What is drawn at once; more is looked at part by part. */
export const MOST = { nodes: 1500, edges: 20_000 }
const THIN = 0.7
const THICK = 5

export interface Scene {
  readonly asked: Asked
  readonly held: Held
  /** All that is chosen of the view, or its backbone. */
  readonly whole: Network
  readonly backbone: Backbone | null
  /** The part that is shown. */
  readonly shown: Network
  readonly near: ReadonlyMap<string, ReadonlySet<string>>
  /** Nodes around which it grew; none for the whole view. */
  readonly around: readonly string[]
  readonly places: ReadonlyMap<string, Point>
  /** Whether it is too large to be drawn whole. */
  readonly isTooLarge: boolean
  readonly frame: Box | null
}

/** Returns what is to be drawn. */
export function sceneOf(data: NetworksData, names: Names, asked: Asked, held: Held): Scene {
  const all = network(data, names, asked.name, asked.choice, held)
  const bones = asked.backbone ? backbone(data, names, all, asked.backbone) : null
  const whole = bones?.network ?? all
  const around = asked.of.flatMap(id => (whole.nodes.has(id) && id.includes('#') ? [id] : nodesOf(whole, expand(id))))
  const without = new Set(asked.without)
  const shown = asked.of.length ? grown(whole, around, asked.without) : part(whole, new Set([...whole.nodes.keys()].filter(id => !without.has(id))))
  const isTooLarge = shown.nodes.size > MOST.nodes || shown.edges.length > MOST.edges
  const known = built(data, asked)
  const places = isTooLarge ? new Map<string, Point>() : asked.of.length || !known ? grownPlaces(whole, shown, around, asked) : wholePlaces(shown, known, asked)
  const isTimed = asked.choice.since !== '' || asked.choice.until !== '' // the frame stands still while years are played
  const frame = frameOf(isTimed && known && !asked.of.length ? Object.values(known) : places.values())
  return { asked, held, whole, backbone: bones, shown, near: neighbours(whole), around, places, isTooLarge, frame }
}

function built(data: NetworksData, { name, choice }: Asked): Readonly<Record<string, Point>> | undefined {
  return data.places[name]?.[choice.level === 'country' ? 'country' : 'all']
}

/** Returns the places that were computed at build time; what has none there stands beside them. */
function wholePlaces(shown: Network, known: Readonly<Record<string, Point>>, { pins }: Asked): Map<string, Point> {
  const box = frameOf(Object.values(known))
  let spare = 0
  const beside = (): Point => [(box?.x[1] ?? 0) + 2, (box?.y[0] ?? 0) + 2 * spare++]
  return new Map([...shown.nodes.keys()].map(id => [id, pins.get(id) ?? known[id] ?? beside()]))
}

function grownPlaces(whole: Network, shown: Network, around: readonly string[], { pins, of }: Asked): Map<string, Point> {
  const centres = of.length ? around : centresOf(whole)
  const places = placed(whole, centres, pins)
  return new Map([...shown.nodes.keys()].flatMap(id => (places.has(id) ? [[id, places.get(id) as Point] as const] : [])))
}

/** Returns nodes from which all of a network grows: the node with most neighbours first, until none is left. */
function centresOf(whole: Network): string[] {
  const near = neighbours(whole)
  const left = new Set(whole.nodes.keys())
  const centres: string[] = []
  for (const [id, others] of [...near].sort(([, a], [, b]) => b.size - a.size)) {
    if (!left.has(id) && ![...others].some(other => left.has(other))) continue
    centres.push(id)
    for (const one of [id, ...others]) left.delete(one)
    if (!left.size) break
  }
  return centres
}

/** Returns how the nodes of a scene look. */
export function looksOf(data: NetworksData, names: Names, { whole, shown, asked }: Scene, lang: Lang, palette: Palette, isDark: boolean): Looks {
  const { colour, size, name } = asked
  return looks(names, whole, shown, { colour, size, lang, palette, isDark, communities: data.communities[name] ?? {} })
}

/** Returns the nodes as they are drawn, the small ones last so that they lie on the large ones. */
export function marksOf({ shown, places }: Scene, { radii, colours }: Looks, lang: Lang): Mark[] {
  const right = shown.view.mode === 'two-mode' ? shown.view.right : ''
  const marks = [...shown.nodes.values()].flatMap(node => {
    const place = places.get(node.id)
    if (!place) return []
    const look = { size: radii.get(node.id) ?? THIN, colour: colours.get(node.id) ?? '#888888', label: labelled(node, lang) }
    return [{ id: node.id, x: place[0], y: place[1], ...look, isSquare: right !== '' && node.side === right }]
  })
  return marks.sort((a, b) => b.size - a.size)
}

/** Returns the edges as they are drawn, between nodes that are: the heavier, the thicker. */
export function linesOf({ shown, places }: Scene): Line[] {
  const most = shown.edges.reduce((max, edge) => Math.max(max, edge.weight), 0) || 1
  return shown.edges.filter(({ a, b }) => places.has(a) && places.has(b)).map(({ key, a, b, weight }) => ({ id: key, a, b, size: THIN + (THICK - THIN) * Math.sqrt(weight / most) * Math.min(1, most / 8) }))
}

/** Returns the nodes that have neighbours which are not shown. */
export function openOf({ shown, near, asked }: Scene): Set<string> {
  if (!asked.of.length) return new Set()
  return new Set([...shown.nodes.keys()].filter(id => [...(near.get(id) ?? [])].some(other => !shown.nodes.has(other))))
}
