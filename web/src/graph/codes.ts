// Codes of lists: which one a name means. The twin of stdgraph/graph/codes.py. A list is a scheme of
// `ontology/codes.ttl`, a property, for the kinds of tie below it, or all classes or properties.

import { AmbiguousNameError, ParameterError } from '../errors'
import { type Lang, phrase } from '../locale/locale'
import { byCodePoint, sortedBy } from '../model/order'
import { key } from '../model/spelling'
import { expand, local, OWL, short } from '../model/vocabulary'
import type { Named } from '../storage/names'
import { type Graph, valueOf } from './reads'

/** The lists of all classes and of all properties; their codes may stand in a narrower list, too. */
const ALL = new Set([`${OWL}Class`, `${OWL}ObjectProperty`])
const NONE = 3
const MANY = 20

/** A code of a list, with all texts that name it, the best first. */
export class Code {
  readonly texts: readonly string[]
  readonly en: string
  readonly zh: string

  constructor(readonly iri: string, readonly scheme: string, named: Named | undefined) {
    this.texts = named?.names.map(([text]) => text) ?? []
    this.en = named?.en ?? ''
    this.zh = named?.zh ?? ''
  }

  /** The local name without that of its list: `convenor`. */
  get name(): string {
    const start = `${local(this.scheme)}-`
    const name = local(this.iri)
    return name.startsWith(start) ? name.slice(start.length) : name
  }

  label(lang: Lang): string {
    return (lang === 'zh' ? this.zh || this.en : this.en || this.zh) || this.name
  }

  /** Tells whether a text is one of its names, or a part of one that stands in brackets, or before them. */
  isCalled(text: string): boolean {
    const parts = this.texts.flatMap(name => name.split(/[（）()]/)).map(key)
    return tier(this, text) < NONE || (key(text) !== '' && parts.includes(key(text)))
  }
}

/** Returns the codes of some lists by name. */
export async function codes(graph: Graph, schemes: readonly string[]): Promise<Code[]> {
  const rows = await graph.read('codes', null, { scheme: schemes.length ? schemes : [null], code: [null] })
  const found = rows.map(row => {
    const iri = valueOf(row, 'code')
    return new Code(iri, valueOf(row, 'scheme'), graph.names.get(iri))
  })
  return sortedBy(found, code => [Number(ALL.has(code.scheme)), code.scheme, code.name])
}

/** How well a text names a code: 0 by its local name or IRI, 1 by its label, 2 by another name, NONE not at all. */
function tier(code: Code, given: string): number {
  const text = given.trim()
  const wanted = key(text)
  if ([code.iri, short(code.iri), local(code.iri), code.name].includes(text)) return 0
  if (wanted && [key(local(code.iri)), key(code.name)].includes(wanted)) return 0
  const same = code.texts.filter(name => name === text || (wanted !== '' && key(name) === wanted))
  if (!same.length) return NONE
  return same.some(name => name === code.en || name === code.zh) ? 1 : 2
}

/** Returns the codes of all lists that a text names exactly, those that are called so before those that also are. */
export async function meant(graph: Graph, text: string): Promise<Code[]> {
  const iris = new Set([...graph.names.keyed(text).map(one => one.iri), ...[text, `stdgc:${text}`, `stdg:${text}`].map(expand)])
  const known = (await codes(graph, [])).filter(code => iris.has(code.iri))
  const narrow = new Set(known.filter(code => !ALL.has(code.scheme)).map(code => code.iri))
  return sortedBy(known.filter(code => !ALL.has(code.scheme) || !narrow.has(code.iri)), code => tier(code, text))
}

/** Returns which of some codes a text names: by local name, else by label or notation, else by another name. */
export function called(known: readonly Code[], text: string): Code[] {
  const tiers = known.map(code => tier(code, text))
  const best = Math.min(NONE, ...tiers)
  return best === NONE ? [] : known.filter((_, at) => tiers[at] === best)
}

/** Returns the one code of some lists that a name means; throws ParameterError or AmbiguousNameError. */
export async function codeNamed(
  graph: Graph, given: string, schemes: readonly string[], parameter: string, lang: Lang,
): Promise<Code> {
  const known = await codes(graph, schemes)
  const found = called(known, given)
  if (found.length === 1) return found[0] as Code
  if (found.length) {
    throw new AmbiguousNameError(given, found.slice(0, MANY).map(code => `${code.name}  ${code.label(lang)}`))
  }
  const names = known.map(code => code.name).sort(byCodePoint).slice(0, MANY).join(', ')
  throw new ParameterError(parameter, phrase("'{name}' is no code of its list; there are {names}", { name: given, names }))
}
