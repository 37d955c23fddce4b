// Numbered notes: each place in a document once, document by document, as rows name them first.

import type { Source } from '../model/results'

export interface Note {
  readonly number: number
  readonly source: Source
}

/** Gives each place in a document that rows name its number. */
export class Notes {
  readonly all: readonly Note[]
  private readonly numbers = new Map<string, number>()

  constructor(sources: Iterable<Source>) {
    const documents = new Map<string, Map<string, Source>>()
    for (const source of sources) {
      const places = documents.get(source.source) ?? new Map<string, Source>()
      documents.set(source.source, places)
      const known = places.get(source.locator)
      const forms = [...new Set([...(known?.forms ?? []), ...source.forms])]
      places.set(source.locator, { ...(known ?? source), forms })
    }
    const all = [...documents.values()].flatMap(places => [...places.values()])
    this.all = all.map((source, at) => ({ number: at + 1, source }))
    for (const { number, source } of this.all) this.numbers.set(nameOf(source), number)
  }

  /** Returns the numbers of some sources, in order. */
  of(sources: readonly Source[]): number[] {
    return [...new Set(sources.map(source => this.numbers.get(nameOf(source)) ?? 0))].sort((a, b) => a - b)
  }
}

function nameOf(source: Source): string {
  return `${source.source} ${source.locator}`
}
