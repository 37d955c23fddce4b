// What is to be known of a question: what it names, its dates, the words that tell something, the kinds of answer it expects.
// The twin of stdgraph/services/words/wording.py.

import { fold, HAN, words } from '../../model/spelling'
import { short } from '../../model/vocabulary'
import { shortened } from './shortened'
import { apart, countries, inOrder, meant, spotted, type Spotted, type Spotting } from './spotting'
import { DATES, dated, numeralDates, pairs, RUN, stem, tokens } from './tokens'

/** A question in one's own words. */
export class Wording {
  /** The words that tell what is asked: English ones, pairs of Chinese characters. */
  readonly words: readonly string[]
  /** Those that name nothing. */
  readonly asking: readonly string[]
  /** All that is compared with rows: ids of the things spotted, dates, words. */
  readonly tokens: readonly string[]

  constructor(
    readonly text: string,
    readonly spotted: readonly Spotted[],
    /** Things inside the names of others. */
    readonly inside: readonly Spotted[],
    readonly dates: readonly string[],
    readonly parts: readonly (readonly string[])[],
    readonly expects: readonly (readonly string[])[],
    /** How many rows it wants, 0 for all. */
    readonly limit: number,
    /** Whether it asks for more years than the one that it names. */
    readonly compares: boolean,
    /** Whether it asks of things that are only announced. */
    readonly announces: boolean,
  ) {
    this.words = [...new Set(parts.flat())]
    const named = new Set(spotted.flatMap(one => tokens(one.said)))
    this.asking = this.words.filter(word => !named.has(word))
    const every = [...spotted, ...inside]
    const things = every.map(one => `=${short(one.thing.iri)}`)
    const lands = every.filter(one => one.kinds.includes('Country')).map(one => `~${short(one.thing.iri)}`)
    this.tokens = [...new Set([...things, ...lands, ...dates, ...this.words])]
  }

  /** Returns it with other things spotted, or other kinds of answer expected. */
  but({ spotted = this.spotted, expects = this.expects }: Partial<Pick<Wording, 'spotted' | 'expects'>>): Wording {
    return new Wording(this.text, spotted, this.inside, this.dates, this.parts, expects, this.limit, this.compares, this.announces)
  }
}

/** Returns what is to be known of a question. */
export function worded(by: Spotting, given: string): Wording {
  const text = [...given].slice(0, by.numbers.wording.LONGEST).join('').split(/\s+/).filter(Boolean).join(' ')
  const [folded, limit] = by.language.limited(by.language.plainly(numeralDates(fold(text))))
  const named = meant(by, text, spotted(by, folded))
  const found = inOrder([...named, ...countries(by, folded, named)])
  const shorter = shortened(by, folded, found)
  const isInside = (one: Spotted) => shorter.some(other => other.first <= one.first && one.last <= other.last)
  return new Wording(
    text,
    inOrder([...shorter, ...found.filter(one => !isInside(one))]),
    found.filter(isInside),
    dated(folded),
    telling(by, apart(folded, found).replace(DATES, ' ')),
    by.language.expected(text),
    limit,
    text.toLowerCase().search(by.language.compares) >= 0,
    text.toLowerCase().search(by.language.announced) >= 0,
  )
}

/** Returns what tells what is asked: English words, each alone, and runs of Chinese as pairs of characters. */
function telling({ language, numbers }: Spotting, folded: string): string[][] {
  const found: string[][] = []
  for (const run of folded.match(RUN) ?? []) {
    if (HAN.test(run)) {
      found.push(...run.split(language.cut).filter(part => part.length > 1).map(pairs))
      continue
    }
    for (const word of words(run)) {
      const cut = stem(word)
      const isEmpty = language.empty.has(word) || language.empty.has(cut)
      if (!isEmpty && (cut.length > 1 || /^\p{Nd}+$/u.test(cut))) found.push([cut])
    }
  }
  return [...new Map(found.map(part => [part.join(' '), part])).values()].slice(0, numbers.spotting.MOST)
}
