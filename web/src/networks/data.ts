// What `stdgraph site` put into the page for networks, read when the canvas is first used. The twin of
// stdgraph/networks/canvas.py, and of stdgraph/networks/views.py.

import { read, source } from '../bundle/bundle'
import type { Lang } from '../locale/locale'

export type Mode = 'mutual' | 'directed' | 'two-mode' | 'projection'
export type Point = readonly [number, number]

export interface ViewData {
  readonly query: string
  readonly mode: Mode
  readonly left: string
  readonly right: string
  readonly said: Readonly<Record<string, string>>
}

export interface BackboneData {
  readonly model: string
  readonly tests: number
  /** Both ends, observed, expected, p. */
  readonly pairs: readonly (readonly [string, string, number, number, number])[]
}

/** What stands in networks.json. */
export interface NetworksData {
  readonly views: Readonly<Record<string, ViewData>>
  /** By query: numbers of the texts a, b, kind, record, first, last, attested; parties; number of the text of layers. */
  readonly ties: Readonly<Record<string, readonly (readonly number[])[]>>
  readonly texts: readonly string[]
  /** Kind, country and region of each thing. */
  readonly things: Readonly<Record<string, readonly [string, string, string]>>
  /** By view and level: where each node stands. */
  readonly places: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Point>>>>>>
  readonly communities: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly backbones: Readonly<Record<string, BackboneData>>
}

let known: Promise<NetworksData> | undefined

/** Returns what the page holds of networks. */
export function networks(): Promise<NetworksData> {
  known ??= read<NetworksData>(source(), 'networks.json')
  return known
}

/** Returns what is said of a view: its title, what a node, an edge, a weight or a date is, the pitfalls. */
export function says(view: ViewData, what: string, lang: Lang): string {
  return view.said[lang === 'zh' ? `${what}_zh` : what] ?? ''
}
