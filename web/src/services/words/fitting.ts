// Whether words are about what the graph holds at all: they are refused where too few of them are known.
// The twin of stdgraph/services/words/fitting.py.

import { isAscii } from '../../model/spelling'
import { sum } from '../../storage/ranking'
import type { Numbers } from './data'
import type { Candidate } from './ranking'
import { isThing } from './spotting'
import type { Wording } from './wording'

type Knows = (word: string) => boolean

/** Tells whether the best candidate is worth running; `knows` tells whether a row or a question has a word. */
export function fits(wording: Wording, candidates: readonly Candidate[], knows: Knows, rules: Numbers['fitting']): boolean {
  const { SHARES, NAMED, LEAST } = rules
  const [best] = candidates
  if (!best || !(wording.spotted.length || wording.parts.some(part => !/^\p{Nd}/u.test(part[0] as string)))) return false
  const parts: Record<string, number | undefined> = { ...best.parts }
  if (parts['whole']) parts['rows'] ??= parts['guess'] ?? 0
  const beside = sum(Object.entries(SHARES).map(([name, share]) => share * Math.min(parts[name] ?? 0, 1)))
  return known(wording, knows) + beside + NAMED * Number(namesSomething(wording, rules)) >= LEAST
}

function namesSomething({ spotted }: Wording, { LONG }: Numbers['fitting']): boolean {
  return spotted.some(one => isThing(one) && !one.kinds.includes('Place') && [...one.said].length >= LONG)
}

/** Returns how much of the words is known, from 0 to 1; a Chinese character is where a pair of it is. */
function known(wording: Wording, knows: Knows): number {
  let [all, of] = [0, 0]
  for (const part of wording.parts) {
    const has = part.map(knows)
    if (part.length === 1 && isAscii(part[0] as string)) {
      all += 1
      of += Number(has[0])
      continue
    }
    const characters = [...has, false].map((one, at) => one || (has[at - 1] ?? false))
    all += characters.length / 2
    of += characters.filter(Boolean).length / 2
  }
  return all ? of / all : 0
}
