// Things that words name in one list: what is asked of one is asked of the others, too.
// The twin of stdgraph/services/words/listed.py.

import type { ParameterData, QuestionData } from '../../bundle/bundle'
import { datatypeOf } from '../../graph/questions'
import { casefold } from '../../model/spelling'
import type { Given } from '../../model/understood'
import type { Numbers } from './data'
import { takes } from './filling'
import { isThing, type Spotted } from './spotting'
import { EDGE } from './tokens'
import type { Wording } from './wording'

/** What stands between two things of a list. */
const BETWEEN = new RegExp(`, |${EDGE}and${EDGE}|[、，和与及]`, 'u')

/** Returns the things that stand in one list with the one that a question was asked of, and not among some. */
export function others(wording: Wording, asked: QuestionData, given: Given, there: readonly string[], { MOST }: Numbers['listed']): string[] {
  const [needed, more] = asked.parameters.filter(one => !one.optional)
  const things = new Map(wording.spotted.filter(isThing).map(one => [one.thing.iri, one]))
  const first = needed && !more && !datatypeOf(needed) ? things.get(given[needed.name] ?? '') : undefined
  if (!first) return []
  const text = casefold(wording.text)
  const isOther = (one: Spotted) =>
    one !== first &&
    !there.includes(one.thing.iri) &&
    takes(needed as ParameterData, one) &&
    one.kinds.includes('Place') === first.kinds.includes('Place') &&
    standTogether(text, first.said, one.said)
  return [...things.values()].filter(isOther).map(one => one.thing.iri).slice(0, MOST)
}

function standTogether(text: string, one: string, other: string): boolean {
  const [first, last] = [text.indexOf(one), text.indexOf(other)].sort((a, b) => a - b) as [number, number]
  return first >= 0 && BETWEEN.test(text.slice(first, last))
}
