// Triples as Turtle in block form: one entity a block, one fact a line, blocks in order. The twin of what
// stdgraph/storage/turtle.py writes; blank nodes have labels here.

import { byCodePoint, compare, type Key } from '../model/order'
import { BASE, PREFIXES, RDF, RDFS, SKOS, XSD } from '../model/vocabulary'

const LINE = /^(<[^>]*>|_:\S+) <([^>]*)> (.*) \.$/s
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@(\S+)|\^\^<([^>]*)>)?$/s
const LABELS = [`${SKOS}prefLabel`, `${RDFS}label`]
const LANGUAGES = new Map([['en', 0], ['zh-hans', 1], ['zh-hant', 2]])
const NAMES = Object.entries(PREFIXES)
const LOCAL = /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/
const RELATIVE = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/

interface Said {
  readonly rank: Key
  readonly line: string
}

/** Returns lines of N-Triples as Turtle. */
export function turtleOf(lines: readonly string[]): string {
  const used = new Set<string>()
  const blocks = new Map<string, Said[]>()
  for (const line of lines) {
    const found = LINE.exec(line)
    if (!found) throw new Error(`no triple: ${line}`)
    const [, subject, predicate, object] = found as unknown as [string, string, string, string]
    const said = blocks.get(subject) ?? []
    blocks.set(subject, said)
    said.push(statement(predicate, object, used))
  }
  const subjects = [...blocks.keys()].sort((a, b) => compare([Number(a[0] === '_'), bareOf(a)], [Number(b[0] === '_'), bareOf(b)]))
  const texts = subjects.map(subject => {
    const said = (blocks.get(subject) as Said[]).sort((a, b) => compare(a.rank, b.rank)).map(one => one.line)
    return [node(subject, used), ...said, '.', ''].join('\n')
  })
  const prefixes = NAMES.filter(([name]) => used.has(name)).sort(([a], [b]) => byCodePoint(a, b)).map(([name, iri]) => `@prefix ${name}: <${iri}> .`)
  return `${[`@base <${BASE}> .`, ...prefixes].join('\n')}\n\n${texts.join('\n')}`
}

function bareOf(subject: string): string {
  return subject.startsWith('<') ? unescaped(subject.slice(1, -1)) : subject
}

function statement(predicate: string, object: string, used: Set<string>): Said {
  const verb = predicate === `${RDF}type` ? 'a' : iri(unescaped(predicate), used)
  const tag = (LITERAL.exec(object)?.[2] ?? '').toLowerCase()
  const value = node(object, used)
  const group = verb === 'a' ? 0 : LABELS.includes(predicate) ? 1 : 2
  return { rank: [group, verb, LANGUAGES.get(tag) ?? (tag ? 3 : 0), tag, verb, value], line: `    ${verb} ${value} ;` }
}

function node(term: string, used: Set<string>): string {
  if (term.startsWith('<') && !term.startsWith('<<')) return iri(unescaped(term.slice(1, -1)), used)
  const found = LITERAL.exec(term)
  return found ? literal(unescaped(found[1] as string), found[2], found[3], used) : term
}

function iri(whole: string, used: Set<string>): string {
  if (whole === `${RDF}nil`) return '()'
  if (whole.startsWith(BASE) && RELATIVE.test(whole.slice(BASE.length))) return `<${whole.slice(BASE.length)}>`
  const cut = Math.max(whole.lastIndexOf('#'), whole.lastIndexOf('/')) + 1
  const name = NAMES.find(([, space]) => space === whole.slice(0, cut))?.[0]
  if (name === undefined || !LOCAL.test(whole.slice(cut))) return `<${whole}>`
  used.add(name)
  return `${name}:${whole.slice(cut)}`
}

function literal(text: string, tag: string | undefined, datatype: string | undefined, used: Set<string>): string {
  if (datatype === `${XSD}boolean` && /^(true|false)$/.test(text)) return text
  if (datatype === `${XSD}integer` && /^[+-]?[0-9]+$/.test(text)) return text
  if (datatype === `${XSD}decimal` && /^[+-]?[0-9]*\.[0-9]+$/.test(text)) return text
  const quoted_ = quoted(text)
  if (tag) return `${quoted_}@${cased(tag)}`
  return datatype && datatype !== `${XSD}string` ? `${quoted_}^^${iri(datatype, used)}` : quoted_
}

/** Returns a text in quotation marks, in three of them where it has several lines. */
function quoted(text: string): string {
  if (!text.includes('\n') || text.includes('\r')) return `"${escaped(text, /[\\"\n\r\t]/g)}"`
  const inner = text.replace(/"+$/, '')
  const last = text.length - inner.length
  const end = '\\"\\"\\"'.repeat(Math.floor(last / 3)) + ['', '\\"', '"\\"'][last % 3]
  return `"""${escaped(inner, /\\/g).replaceAll('"""', '\\"\\"\\"')}${end}"""`
}

function escaped(text: string, signs: RegExp): string {
  const named: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
  const done = text.replace(signs, sign => named[sign] as string)
  // eslint-disable-next-line no-control-regex
  return done.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, sign => `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
}

function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (_, four?: string, eight?: string, sign?: string) =>
    sign !== undefined ? (named[sign] ?? sign) : String.fromCodePoint(parseInt((four ?? eight) as string, 16)),
  )
}

/** Returns a language tag in the case that BCP 47 recommends. */
function cased(tag: string): string {
  const [first = '', ...rest] = tag.toLowerCase().split('-')
  const parts = rest.map((part, at) => {
    if (rest.slice(0, at).some(one => one.length === 1) || ![2, 4].includes(part.length)) return part
    return part.length === 2 ? part.toUpperCase() : (part[0] as string).toUpperCase() + part.slice(1)
  })
  return [first, ...parts].join('-')
}
