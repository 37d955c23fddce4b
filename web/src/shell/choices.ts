// What a field may be completed to: things by their names, codes of lists.

import type { ParameterData } from '../bundle/bundle'
import { codes } from '../graph/codes'
import { datatypeOf, kindsOfParameter } from '../graph/questions'
import type { Graph } from '../graph/reads'
import type { Lang } from '../locale/locale'
import { key } from '../model/spelling'
import { short, XSD } from '../model/vocabulary'
import type { Named } from '../storage/names'
import type { Choice } from './Finder'

const MOST = 12

/** Returns the things whose names fit what is typed, best first, as `stdgraph find` does; the value is the short id. */
export async function things(graph: Graph, text: string, lang: Lang, kinds: readonly string[] = [], most = MOST): Promise<Choice[]> {
  const found = await graph.seeker.find(text, kinds, most)
  return found.map(({ thing, matched }) => {
    const label = thing.label(lang)
    const about = [key(label).includes(key(matched)) ? '' : matched, aboutOf(graph, thing, lang)]
    return { value: short(thing.iri), label, about: about.filter(Boolean).join(' · ') }
  })
}

/** Returns what a parameter may be; the value is as a person would write it, where that means no other thing. */
export async function choicesOf(graph: Graph, parameter: ParameterData, text: string, lang: Lang): Promise<Choice[]> {
  if (parameter.schemes.length) return codesOf(graph, parameter, text, lang)
  const kind = datatypeOf(parameter)
  if (kind === `${XSD}boolean`) return ['true', 'false'].map(value => ({ value, label: value, about: '' }))
  if (kind) return []
  const kinds = kindsOfParameter(parameter)
  const wanted = kinds.includes('Resource') ? [] : kinds
  const found = await things(graph, text, lang, wanted)
  return found.map(one => ({ ...one, value: isClear(graph, one, wanted, lang) ? one.label : one.value }))
}

function isClear(graph: Graph, one: Choice, kinds: readonly string[], lang: Lang): boolean {
  try {
    return short(graph.names.resolve(one.label, kinds, lang).iri) === one.value
  } catch {
    return false
  }
}

async function codesOf(graph: Graph, parameter: ParameterData, text: string, lang: Lang): Promise<Choice[]> {
  const wanted = key(text)
  const found = (await codes(graph, parameter.schemes)).filter(code => [code.name, ...code.texts].some(name => key(name).includes(wanted)))
  return found.slice(0, 3 * MOST).map(code => ({ value: code.name, label: code.label(lang), about: code.name }))
}

/** Returns what kind of thing it is, and of which country. */
export function aboutOf(graph: Graph, one: Named, lang: Lang): string {
  return [graph.names.kindWord(one.kind, lang), one.country].filter(Boolean).join(' · ')
}
