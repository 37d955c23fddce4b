// How nodes look: as large as a measure, coloured by what they are, and what the legend says of it. The twin of
// stdgraph/networks/plots/looks.py.

import { inWords, type Lang, marked, phrase } from '../locale/locale'
import { compare } from '../model/order'
import { BASE, STDG } from '../model/vocabulary'
import type { Names } from '../storage/names'
import { MEASURES, type Values } from './measures'
import type { Network, Node } from './network'

/** What colours nodes, besides measures. */
export const COLOURS = ['kind', 'country', 'region', 'level', 'side', 'community'] as const
const TITLES: Readonly<Record<string, string>> = {
  kind: marked('kind'), country: marked('country'), region: marked('region'), level: marked('level'), side: marked('mode'), community: marked('community'),
}
const WORDS: Readonly<Record<string, string>> = {
  country: marked('country'), body: marked('body'), person: marked('person'), group: marked('group of countries'), member: marked('member'),
  actor: marked('actor'), event: marked('event'), record: marked('record'), standard: marked('standard'), party: marked('party'), agreement: marked('agreement'),
}
/** The values of the largest nodes have a colour of their own; the others share one. */
const SHOWN = 7
const LARGEST: readonly (readonly [number, number])[] = [[40, 16], [120, 13], [400, 10], [1000, 7]]
const SMALLEST = 2.6

/** queries/charts/palette.json: each colour on paper, and on a dark screen. */
export interface Palette {
  readonly paper: readonly [string, string]
  readonly ink: readonly [string, string]
  readonly faint: readonly [string, string]
  readonly grid: readonly [string, string]
  readonly colours: Readonly<Record<string, readonly [string, string]>>
  readonly other: readonly [string, string]
  readonly ramp: readonly (readonly [string, string])[]
}

export interface Swatch {
  readonly label: string
  readonly colour: string
  readonly count: number
}

export interface Looks {
  readonly values: Values
  readonly radii: ReadonlyMap<string, number>
  readonly colours: ReadonlyMap<string, string>
  readonly swatches: readonly Swatch[]
  /** The least and the greatest value of the measure. */
  readonly range: readonly [number, number]
}

interface Asked {
  readonly colour: string
  readonly size: string
  readonly lang: Lang
  readonly palette: Palette
  readonly isDark: boolean
  readonly communities: Readonly<Record<string, number>>
}

/** Returns how the nodes of a network look; measures are those of `whole`, of which it is a part. */
export function looks(names: Names, whole: Network, found: Network, asked: Asked): Looks {
  const all = (MEASURES[asked.size] ?? (MEASURES['degree'] as { of: (found: Network) => Values })).of(whole)
  const values = new Map([...found.nodes.keys()].map(id => [id, all.get(id) ?? 0]))
  const range = [...values.values()].reduce<[number, number]>(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, 0])
  const largest = range[1] === range[0] ? 9 * range[1] : range[1]
  const most = LARGEST.find(([number]) => found.nodes.size <= number)?.[1] ?? 5
  const radii = new Map([...values].map(([id, value]) => [id, SMALLEST + (most - SMALLEST) * Math.sqrt(value / (largest || 1))]))
  const hues = asked.colour in MEASURES ? ramped(whole, found, asked) : grouped(names, found, values, asked)
  return { values, radii, ...hues, range: [Number.isFinite(range[0]) ? range[0] : 0, range[1]] }
}

type Hues = Pick<Looks, 'colours' | 'swatches'>

function grouped(names: Names, found: Network, values: Values, asked: Asked): Hues {
  const tone = asked.isDark ? 1 : 0
  const of = new Map([...found.nodes.values()].map(node => [node.id, groupOf(names, node, asked)]))
  const sums = new Map<string, [number, number]>()
  for (const [id, name] of of) {
    const [sum, count] = sums.get(name) ?? [0, 0]
    sums.set(name, [sum + 1 + (values.get(id) ?? 0), count + 1])
  }
  const ranked = [...sums].filter(([name]) => name).sort(([a, [one]], [b, [other]]) => other - one || compare(a, b))
  const hues = Object.values(asked.palette.colours).slice(0, SHOWN).map(pair => pair[tone])
  const grey = asked.palette.other[tone]
  const own = new Map(ranked.slice(0, hues.length).map(([name], at) => [name, hues[at] as string]))
  const swatches = [...own].map(([label, colour]) => ({ label, colour, count: sums.get(label)?.[1] ?? 0 }))
  const others = ranked.slice(hues.length).reduce((sum, [, [, count]]) => sum + count, 0)
  const unsaid = sums.get('')?.[1] ?? 0
  const rest = [...(others ? [marked('others')] : []), ...(unsaid ? [marked('not stated')] : [])].map(word => phrase(word).in(asked.lang))
  if (rest.length) swatches.push({ label: rest.join(' / '), colour: grey, count: others + unsaid })
  return { colours: new Map([...of].map(([id, name]) => [id, own.get(name) ?? grey])), swatches }
}

/** Returns colours from light to dark by a measure, in equal steps of its square root, as sizes are. */
function ramped(whole: Network, found: Network, asked: Asked): Hues {
  const all = MEASURES[asked.colour]?.of(whole) ?? new Map<string, number>()
  const ramp = asked.palette.ramp.slice(1).map(pair => pair[asked.isDark ? 1 : 0]) // the first is for areas: too near the paper
  const most = Math.max(...[...found.nodes.keys()].map(id => all.get(id) ?? 0), 0) || 1
  const step = (value: number) => Math.min(ramp.length - 1, Math.floor(Math.sqrt(value / most) * ramp.length))
  const counts = ramp.map(() => 0)
  const colours = new Map([...found.nodes.keys()].map(id => {
    const at = step(all.get(id) ?? 0)
    counts[at] = (counts[at] as number) + 1
    return [id, ramp[at] as string]
  }))
  const limit = (at: number) => Number((most * (at / ramp.length) ** 2).toPrecision(2))
  return { colours, swatches: ramp.map((colour, at) => ({ label: `${limit(at)} – ${limit(at + 1)}`, colour, count: counts[at] as number })) }
}

function groupOf(names: Names, node: Node, { colour, lang, communities }: Asked): string {
  if (colour === 'community') return communities[node.id] ? `${inWords('heading', 'community', lang)} ${communities[node.id]}` : ''
  const code = node[colour as 'kind' | 'country' | 'region' | 'level' | 'side'] ?? ''
  if (colour === 'level' || colour === 'side') return code in WORDS ? phrase(WORDS[code] as string).in(lang) : code
  const iri = colour === 'kind' ? STDG + code : `${BASE}${colour === 'country' ? 'country' : 'place'}/${code}`
  return code && (names.get(iri)?.label(lang) ?? (colour === 'kind' ? names.kindWord(code, lang) : code))
}

/** Returns what people say for an attribute or a measure. */
export function titleOf(name: string, lang: Lang): string {
  return phrase(TITLES[name] ?? MEASURES[name]?.title ?? name).in(lang)
}

/** Returns what people say for a mode or a level. */
export function wordOf(code: string, lang: Lang): string {
  return phrase(WORDS[code] ?? code).in(lang)
}
