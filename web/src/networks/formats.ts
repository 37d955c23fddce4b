// Networks as files, the same as `stdgraph network export` writes: node-link JSON and GEXF 1.3. The twin of
// stdgraph/networks/formats (node_link.py, gexf.py, flat.py).

import type { Lang } from '../locale/locale'
import { bounds } from '../model/dates'
import { sortedSet } from '../model/order'
import { type Edge, labelled, type Network, type Node } from './network'

/** Document and place of each record, as `src:cn-uk-wg item 2`. */
export type Places = ReadonlyMap<string, readonly string[]>
type Told = Readonly<Record<string, unknown>>
type Attributes = Record<string, unknown>

const NODES = ['iri', 'label_en', 'label_zh', 'kind', 'level', 'country', 'region', 'side']
const EDGES = [
  'weight', 'records', 'kinds', 'kind_weights', 'parties', 'first', 'last', 'first_year', 'last_year', 'year_weights', 'attested', 'layers', 'sources',
  'bodies', 'expected', 'p', 'sign',
]
const TYPES: Readonly<Record<string, string>> = {
  parties: 'integer', first_year: 'integer', last_year: 'integer', bodies: 'integer', expected: 'double', p: 'double', sign: 'integer',
}

/** Returns what is known of a node, by the names of files. */
export function nodeTold(node: Node): Attributes {
  const { iri, en, zh, kind, level, country, region, side } = node
  const all = { iri, label_en: en, label_zh: zh, kind, level, country, region, side }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value))
}

/** Returns what is known of an edge, by the names of files. */
export function edgeTold(edge: Edge, places: Places): Attributes {
  const { weight, bodies, expected, p, records, kinds, kindWeights, parties, first, last, yearWeights, attested, layers } = edge
  const sources = sortedSet(records.flatMap(record => places.get(record) ?? []))
  const years = first === undefined || last === undefined ? {} : { first, last, first_year: Number(bounds(first)[0].slice(0, 4)), last_year: Number(bounds(last)[1].slice(0, 4)) }
  const all = { weight, records, kinds, kind_weights: kindWeights, parties, ...years, year_weights: yearWeights, attested, layers, sources, bodies, expected, p }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  return value instanceof Map ? !value.size : typeof value === 'object' && value !== null && !Object.keys(value).length
}

/** Returns a network as node-link JSON. */
export function nodeLink(found: Network, told: Told, places: Places): Attributes {
  return {
    directed: found.view.mode === 'directed',
    multigraph: false,
    graph: told,
    nodes: [...found.nodes.values()].map(node => ({ ...nodeTold(node), id: node.id })),
    edges: found.edges.map(edge => ({ ...plainMaps(edgeTold(edge, places)), source: edge.a, target: edge.b })),
  }
}

function plainMaps(about: Attributes): Attributes {
  return Object.fromEntries(Object.entries(about).map(([name, value]) => [name, value instanceof Map ? Object.fromEntries(value) : value]))
}

/** Returns a network as GEXF 1.3; a node bears its label in one language, an edge with dates the years it spans. */
export function gexf(found: Network, told: Told, places: Places, lang: Lang): string {
  const nodes = [...found.nodes.values()].map(node => ({ node, about: flattened(nodeTold(node)) }))
  const isFraction = found.edges.some(edge => !Number.isInteger(edge.weight))
  const edges = found.edges.map(edge => ({ edge, about: flattened(edgeTold(edge, places)) }))
  const isDynamic = edges.some(({ about }) => 'first_year' in about)
  const columns = { node: used(NODES, nodes), edge: used(EDGES, edges) }
  const kind = found.view.mode === 'directed' ? 'directed' : 'undirected'
  const years = isDynamic ? { timeformat: 'integer', timerepresentation: 'interval' } : {}
  const description = Object.entries(flattened(told)).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`).join('; ')
  const root = element('gexf', { xmlns: 'http://gexf.net/1.3', version: '1.3' }, [
    element('meta', {}, [element('creator', {}, 'stdgraph'), element('description', {}, description)]),
    element('graph', { defaultedgetype: kind, mode: isDynamic ? 'dynamic' : 'static', ...years }, [
      declared('node', columns.node),
      declared('edge', columns.edge),
      ...(isDynamic ? [element('attributes', { class: 'edge', mode: 'dynamic' }, [element('attribute', { id: 'weight', title: 'weight', type: 'double' })])] : []),
      element('nodes', {}, nodes.map(({ node, about }) => element('node', { id: node.id, label: labelled(node, lang) }, values(columns.node, about)))),
      element('edges', {}, edges.map(({ edge, about }, at) => {
        const span = 'first_year' in about ? { start: about['first_year'] as string, end: about['last_year'] as string } : {}
        const ends = { id: String(at), source: edge.a, target: edge.b, weight: isFraction ? float(edge.weight) : String(edge.weight), ...span }
        return element('edge', ends, values(columns.edge, about))
      })),
    ]),
  ])
  return `<?xml version='1.0' encoding='utf-8'?>\n${written(root, 0)}\n`
}

/** Returns values as texts: a list joined by semicolons, weights as `kind=weight`. */
function flattened(about: Attributes): Record<string, string> {
  const flat = (value: unknown) => {
    if (Array.isArray(value)) return value.join('; ')
    if (typeof value === 'object' && value) return [...(value instanceof Map ? value : Object.entries(value))].map(([name, part]) => `${name}=${String(part)}`).join('; ')
    return String(value)
  }
  return Object.fromEntries(Object.entries(about).map(([name, value]) => [name, flat(value)]))
}

function used(names: readonly string[], of: readonly { about: Attributes }[]): string[] {
  return names.filter(name => !['weight', 'year_weights'].includes(name) && of.some(({ about }) => name in about))
}

/** Returns a number as Python writes one that is a fraction. */
function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

function declared(of: string, columns: readonly string[]): Element {
  return element('attributes', { class: of }, columns.map((title, at) => element('attribute', { id: String(at), title, type: TYPES[title] ?? 'string' })))
}

function values(columns: readonly string[], about: Readonly<Record<string, string>>): Element[] {
  const own = columns.flatMap((name, at) => (name in about ? [element('attvalue', { for: String(at), value: about[name] as string })] : []))
  const years = (about['year_weights'] ?? '').split('; ').filter(Boolean).map(part => {
    const [span, weight] = part.split('=') as [string, string]
    const [first, last] = span.split('/') as [string, string | undefined]
    return element('attvalue', { for: 'weight', value: weight, start: String(Number(first)), end: String(Number(last ?? first)) })
  })
  return own.length + years.length ? [element('attvalues', {}, [...own, ...years])] : []
}

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly content: string | readonly Element[]
}

function element(name: string, attributes: Readonly<Record<string, string>>, content: Element['content'] = ''): Element {
  return { name, attributes, content }
}

function written({ name, attributes, content }: Element, depth: number): string {
  const indent = '  '.repeat(depth)
  const open = `${indent}<${name}${Object.entries(attributes).map(([one, value]) => ` ${one}="${quoted(value)}"`).join('')}`
  if (!content.length) return `${open} />`
  if (typeof content === 'string') return `${open}>${escaped(content)}</${name}>`
  return `${open}>\n${content.map(one => written(one, depth + 1)).join('\n')}\n${indent}</${name}>`
}

/** Characters that XML cannot hold. */
const NO_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** Returns a text as it stands in XML; what that cannot hold is spelt. */
export function escaped(text: string): string {
  const spelt = text.replace(NO_XML, sign => `\\x${(sign.codePointAt(0) as number).toString(16).padStart(2, '0')}`)
  return spelt.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function quoted(text: string): string {
  return escaped(text).replaceAll('"', '&quot;').replaceAll('\r', '&#13;').replaceAll('\n', '&#10;').replaceAll('\t', '&#09;')
}
