// The index of names: labels, and which thing is meant by a name as it stands. The twin of stdgraph/storage/names.py, over
// what the bundle holds; names that come near, and names by their words, are the matter of `finding.ts`, in a worker.

import type { NameData, NamesData, ThingData } from '../bundle/bundle'
import { AmbiguousNameError, UnknownNameError } from '../errors'
import { inWords, type Lang } from '../locale/locale'
import { compare } from '../model/order'
import { key } from '../model/spelling'
import { expand, short, STDG } from '../model/vocabulary'

const DESIGNATED = new Set([
  'TechnicalCommittee', 'Subcommittee', 'ProjectCommittee', 'WorkingGroup', 'TechnicalBody', 'Standard', 'StandardEdition',
])
/** Rank of a name that was made, such as initials; what is printed goes before it. */
const MADE = 4
/** A number whose dots count: 2020 is a year, and 20.20 a stage. */
export const CODE = /^\d+(\.\d+)*$/
const CANDIDATES = 20
/** The kind of a year: no thing of the graph, but of what is dated. */
export const YEAR = 'Year'

/** A thing of the index. */
export class Named {
  readonly iri: string

  constructor(private readonly data: ThingData, private readonly sets: readonly (readonly string[])[]) {
    this.iri = expand(data[0])
  }

  get en(): string {
    return this.data[1]
  }
  get zh(): string {
    return this.data[2]
  }
  get code(): string {
    return this.data[3]
  }
  get kind(): string {
    return this.data[4]
  }
  get country(): string {
    return this.data[5]
  }
  get tier(): number {
    return this.data[6]
  }
  /** The local names of all its classes. */
  get kinds(): readonly string[] {
    return this.sets[this.data[7]] ?? []
  }
  /** Its names with language tag and rank, the best first. */
  get names(): readonly NameData[] {
    return this.data[8]
  }

  /** Returns the label in a language, or in the other one, or the designation, or the short id. */
  label(lang: Lang): string {
    const label = lang === 'zh' ? this.zh || this.en : this.en || this.zh
    if (label && this.code && DESIGNATED.has(this.kind) && !label.includes(this.code)) return `${this.code} ${label}`
    return label || this.code || short(this.iri)
  }
}

export class Names {
  /** All that bears a name, in the order of ids. */
  readonly all: readonly Named[]
  private readonly byIri: ReadonlyMap<string, Named>
  private byKey: Map<string, Named[]> | undefined

  constructor(data: NamesData) {
    this.all = data.things.map(thing => new Named(thing, data.kinds))
    this.byIri = new Map(this.all.map(one => [one.iri, one]))
  }

  get(iri: string): Named | undefined {
    return this.byIri.get(iri)
  }

  /** Returns a label for each IRI that the index knows. */
  labels(iris: Iterable<string>, lang: Lang): Map<string, string> {
    const found = new Map<string, string>()
    for (const iri of iris) {
      const named = this.byIri.get(iri)
      if (named) found.set(iri, named.label(lang))
    }
    return found
  }

  /** Returns all things that a text names, whatever their kind. */
  keyed(text: string): readonly Named[] {
    return this.keys().get(key(text)) ?? []
  }

  /**
   * Returns the one thing that a whole name means: an IRI, a short id, or any label, alias, acronym or former name.
   * Throws UnknownNameError or AmbiguousNameError.
   */
  resolve(name: string, kinds: readonly string[] = [], lang: Lang = 'en'): Named {
    const typed = name.trim()
    const direct = /[/:]/.test(typed) ? (this.get(typed) ?? this.get(expand(typed))) : undefined
    if (direct) return direct
    const best = this.exact(typed, kinds)
    if (best.length === 1) return best[0] as Named
    if (best.length) throw new AmbiguousNameError(name, best.slice(0, CANDIDATES).map(one => this.line(one, lang)))
    throw new UnknownNameError(name)
  }

  /** Returns label, kind, country and id of a thing in one line, for people to choose from. */
  line(found: Named, lang: Lang): string {
    const about = [this.kindLabel(found.kind, lang), found.country].filter(Boolean).join(', ')
    return `${short(found.iri)}  ${found.label(lang)} (${about})`
  }

  /** Returns a class as people know it: by its local name, which is a word in English only. */
  kindLabel(name: string, lang: Lang): string {
    const found = lang === 'zh' ? this.get(STDG + name) : undefined
    return found ? found.label(lang) : inWords('term', `skos:${name}`, lang).replace(/^skos:/, '')
  }

  /** Returns a class in words, in both languages; `kindLabel` is what the command line says. */
  kindWord(name: string, lang: Lang): string {
    return this.get(STDG + name)?.label(lang) ?? this.kindLabel(name, lang).toLowerCase()
  }

  /** Returns the things that bear a name and are of some kinds: those of the best standing. */
  private exact(name: string, kinds: readonly string[]): Named[] {
    const wanted = key(name)
    const dotted = CODE.test(name) ? name.includes('.') : null
    const found: { named: Named; tier: number }[] = []
    for (const named of this.keyed(name)) {
      if (kinds.length && !named.kinds.some(kind => kinds.includes(kind))) continue
      const same = named.names.filter(([text]) => key(text) === wanted && (dotted === null || text.includes('.') === dotted))
      if (same.length) found.push({ named, tier: named.tier + Math.min(...same.map(([, , rank]) => Number(rank === MADE))) })
    }
    found.sort((a, b) => compare([a.tier, a.named.iri], [b.tier, b.named.iri]))
    return found.filter(one => one.tier === found[0]?.tier).map(one => one.named)
  }

  private keys(): Map<string, Named[]> {
    if (this.byKey) return this.byKey
    this.byKey = new Map()
    for (const named of this.all) {
      for (const one of new Set(named.names.map(([text]) => key(text)))) {
        const known = this.byKey.get(one)
        if (known) known.push(named)
        else this.byKey.set(one, [named])
      }
    }
    return this.byKey
  }
}
