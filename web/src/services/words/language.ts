// How people ask: the file queries/words/words.toml as the bundle brings it. The twin of stdgraph/services/words/language.py.

import { compare } from '../../model/order'
import { fold, HAN, isAscii, words } from '../../model/spelling'
import type { Said, Strings } from './data'
import { EDGE, escaped, stem, tokens } from './tokens'

type Span = readonly [number, number]

export class Language {
  /** Words that carry nothing. */
  readonly empty: ReadonlySet<string>
  /** Chinese ones, cut out where they stand. */
  readonly cut: RegExp
  readonly demonyms: ReadonlyMap<string, string>
  /** Chinese characters that stand for countries. */
  readonly shorts: ReadonlyMap<string, string>
  readonly commands: ReadonlyMap<string, ReadonlySet<string>>
  /** What is asked of things that are only announced. */
  readonly announced: RegExp
  /** What asks for more years than the one that is named. */
  readonly compares: RegExp
  private readonly expects: ReadonlyMap<string, RegExp>
  private readonly same: readonly (readonly [string, string])[]
  private readonly first: RegExp

  constructor(private readonly said: Said) {
    const split = (text: string) => text.split(/\s+/).filter(Boolean)
    const countries = Object.entries(said.demonyms).flatMap(([code, told]) => split(told).map(word => [word, code] as const))
    this.empty = new Set(split(said.empty.en).flatMap(word => [word, stem(word), ...words(word)]))
    this.cut = new RegExp(split(said.empty.zh).sort((a, b) => b.length - a.length).map(escaped).join('|'))
    this.demonyms = new Map(countries.filter(([word]) => isAscii(word)).map(([word, code]) => [word.toLowerCase(), code]))
    this.shorts = new Map(countries.filter(([word]) => !isAscii(word)))
    this.commands = new Map(Object.entries(said.commands).map(([name, told]) => [name, new Set(told.flatMap(tokens))]))
    this.expects = new Map(Object.entries(said.expects).map(([kind, told]) => [kind, any(told)]))
    this.announced = any(said.announced)
    this.compares = any(said.compares)
    this.same = Object.entries(said.same).sort(([a], [b]) => b.length - a.length)
    this.first = first(Object.keys(said.counts))
  }

  /** Returns a text with the words that questions use, for others that mean the same. */
  plainly(folded: string): string {
    return this.same.reduce(
      (text, [told, meant]) => (HAN.test(told) ? text.replaceAll(told, meant) : text.replace(new RegExp(EDGE + told + EDGE, 'gu'), meant)),
      folded,
    )
  }

  /** Returns a text with `top` for `top ten`, and how many rows that wants, 0 for all. */
  limited(folded: string): [string, number] {
    const found = this.first.exec(folded)
    if (!found) return [folded, 0]
    const { top, many, most } = found.groups as Record<string, string | undefined>
    const count = (top ? many : most) as string
    const limit = /^\d+$/.test(count) ? Number(count) : (this.said.counts[count] as number)
    return [folded.slice(0, found.index) + (top ?? '前十') + folded.slice(found.index + found[0].length), limit]
  }

  /** Returns the kinds of answer that a question expects: for each thing that it asks, those that may be meant. */
  expected(text: string): Strings[] {
    const low = fold(text)
    const found = new Map([...this.expects].map(([kind, pattern]) => [kind, new Set([...low.matchAll(pattern)].map(spanOf))]))
    const spans = [...new Set([...found.values()].flatMap(each => [...each]))].map(one => one.split(' ').map(Number) as unknown as Span)
    spans.sort((a, b) => compare([a[0] - a[1], ...a], [b[0] - b[1], ...b]))
    const kept: Span[] = []
    for (const [start, end] of spans) if (kept.every(([a, b]) => start >= b || end <= a)) kept.push([start, end])
    kept.sort((a, b) => compare(a, b))
    const asked = kept.map(span => [...found].filter(([, each]) => each.has(span.join(' '))).map(([kind]) => kind))
    return [...new Map(asked.map(kinds => [[...kinds].sort().join(' '), kinds])).values()]
  }
}

function spanOf(found: RegExpExecArray): string {
  return `${found.index} ${found.index + found[0].length}`
}

function any({ en, zh }: Said['announced']): RegExp {
  return new RegExp([...en, ...zh].map(one => (HAN.test(one) ? escaped(one) : EDGE + escaped(one) + EDGE)).join('|'), 'gu')
}

/** Returns what finds `top ten`, 前十大 and the like; not 前十年, a span of time. */
function first(counts: Strings): RegExp {
  const said = [...counts].sort((a, b) => b.length - a.length || compare(a, b)).join('|')
  return new RegExp(
    `${EDGE}(?<top>top)[\\s-]+(?<many>\\d{1,3}|${said})${EDGE}|前(?<most>\\d{1,3}|${said})(?![年月天期届次日周])[大名位个家]?`, 'u',
  )
}
