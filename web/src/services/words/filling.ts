// Filling in the arguments that a question may take with what was spotted in the words.
// The twin of stdgraph/services/words/filling.py.

import type { ParameterData, QuestionData } from '../../bundle/bundle'
import { datatypeOf, kindsOfParameter } from '../../graph/questions'
import { byCodePoint } from '../../model/order'
import type { Given } from '../../model/understood'
import { local } from '../../model/vocabulary'
import type { Numbers } from './data'
import { isThing, type Spotted } from './spotting'
import type { Wording } from './wording'

/** Returns the arguments that a question needs, from what was spotted; nothing where one is missing. */
export function needed(asked: QuestionData, wording: Wording, { REGIONS }: Numbers['filling']): Given | undefined {
  const isRegion = (one: Spotted) => Number(REGIONS.includes(one.thing.kind))
  const things = each(wording.spotted).sort((a, b) => isRegion(a) - isRegion(b))
  const found: Record<string, string> = {}
  for (const parameter of asked.parameters) {
    if (parameter.optional) continue
    const fit = datatypeOf(parameter) ? undefined : things.find(one => takes(parameter, one))
    const value = fit?.thing.iri ?? literal(parameter, wording)
    if (!value) return undefined
    if (fit) things.splice(things.indexOf(fit), 1)
    found[parameter.name] = value
  }
  return found
}

/** Returns what is spotted, each thing once, as it is named last. */
function each(found: readonly Spotted[]): Spotted[] {
  return [...new Map(found.map(one => [one.thing.iri, one])).values()]
}

/** Returns the year or years, or the day, that a parameter takes. */
function literal(parameter: ParameterData, wording: Wording): string {
  const type = datatypeOf(parameter)
  if (type.endsWith('gYear')) {
    const years = [...new Set(wording.dates.map(date => date.slice(1, 5)))].sort(byCodePoint)
    return years.length ? [...new Set([years[0], years.at(-1)])].join('/') : ''
  }
  if (!type.endsWith('date')) return ''
  return wording.dates.map(date => date.slice(1)).reduce((best, one) => (one.length > best.length ? one : best), '')
}

/** Tells whether a parameter takes a thing: a code of its list, a thing of its kinds, or any thing that is no code. */
export function takes(parameter: ParameterData, spotted: Spotted): boolean {
  if (parameter.schemes.length && !isThing(spotted)) {
    return parameter.schemes.some(scheme => local(spotted.thing.iri).startsWith(`${local(scheme)}-`))
  }
  const kinds = kindsOfParameter(parameter)
  return spotted.kinds.some(kind => kinds.includes(kind)) || (kinds.includes('Resource') && isThing(spotted))
}

/** Returns optional arguments to try: all that fit, then fewer, then none. */
export function fillings(asked: QuestionData, given: Given, wording: Wording, rules: Numbers['filling']): Given[] {
  const taken = new Set(Object.values(given))
  const things = each(wording.spotted.filter(one => !taken.has(one.thing.iri)))
  let found: Record<string, string> = {}
  const isWide = (parameter: ParameterData) => Number(kindsOfParameter(parameter).includes(rules.WIDEST))
  for (const parameter of [...asked.parameters].sort((a, b) => isWide(a) - isWide(b))) {
    if (!parameter.optional) continue
    const years = datatypeOf(parameter).endsWith('gYear') ? literal(parameter, wording) : ''
    if (years) {
      if (years.includes('/') || !wording.compares) found[parameter.name] = years
    } else if (parameter.name === 'planned' && wording.announces) found[parameter.name] = 'true'
    else if (rules.CODED.includes(parameter.name) || isPlain(parameter, rules)) {
      const fit = things.find(one => takes(parameter, one))
      if (!fit) continue
      found[parameter.name] = fit.thing.iri
      things.splice(things.indexOf(fit), 1)
    }
  }
  const tries: Given[] = [found, ...otherWay(asked, found, wording, rules)]
  for (const name of ['year', 'with']) {
    if (!(name in found)) continue
    found = Object.fromEntries(Object.entries(found).filter(([one]) => one !== name))
    tries.push(found)
  }
  return Object.keys(tries.at(-1) as Given).length ? [...tries, {}] : tries
}

/** Tells whether a parameter takes a thing of its own, no code of a list and not anything. */
function isPlain(parameter: ParameterData, { CODES }: Numbers['filling']): boolean {
  return !datatypeOf(parameter) && !kindsOfParameter(parameter).some(kind => CODES.includes(kind))
}

/** Returns the same arguments with one thing under another name that takes it: a committee is a body, too. */
function otherWay(asked: QuestionData, found: Given, wording: Wording, rules: Numbers['filling']): Given[] {
  const spotted = new Map(wording.spotted.map(one => [one.thing.iri, one]))
  const free = asked.parameters.filter(one => one.optional && !(one.name in found) && isPlain(one, rules))
  return Object.entries(found).flatMap(([name, value]) => {
    const thing = spotted.get(value)
    const others = thing ? free.filter(one => takes(one, thing)) : []
    return others.map(one => Object.fromEntries(Object.entries(found).map(([n, v]) => [n === name ? one.name : n, v])))
  })
}
