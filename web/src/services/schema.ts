// Classes and properties as the data use them: what `stdgraph schema` tells, counted by stdgraph/services/schema/book.py.
// The twin of stdgraph/services/schema/shown.py, as far as that is of one term.

import type { Both } from '../bundle/bundle'
import { StdgraphError } from '../errors'
import { type Lang, phrase } from '../locale/locale'
import { sortedBy } from '../model/order'
import { key } from '../model/spelling'
import { expand, local, short } from '../model/vocabulary'
import { nearest } from '../storage/nearest'

export interface TermData {
  readonly term: string
  readonly kind: 'class' | 'property'
  readonly label: Partial<Both>
  readonly definition: Partial<Both>
  readonly used: number
  readonly example: string
  readonly uses: readonly number[]
  readonly questions: readonly string[]
  /** Names of the shapes that hold it. */
  readonly rules: readonly string[]
  /** Of a class: its uses in particular; how many statements of each property go out from its things, and come in. */
  readonly own?: readonly number[]
  readonly sides?: readonly (readonly [string, number, number])[]
  readonly broader?: readonly string[]
  readonly narrower?: readonly string[]
  /** Of a property. */
  readonly domain?: readonly string[]
  readonly range?: readonly string[]
  readonly subPropertyOf?: readonly string[]
  readonly codes?: readonly string[]
}

/** Numbers of the texts that are class, property, class or datatype, thing, value; how often; whether the value is a literal. */
type RowData = readonly [number, number, number, number, number, number, 0 | 1]

export interface RuleData {
  readonly severity: 'Violation' | 'Warning' | 'Info'
  readonly message: Both
}

/** What stands in schema.json. */
export interface SchemaData {
  readonly rules: Readonly<Record<string, RuleData>>
  readonly texts: readonly string[]
  readonly rows: readonly RowData[]
  readonly terms: readonly TermData[]
}

/** A property from things of a class to things of a class, or to literals of a datatype, with the first example. */
export interface Use {
  readonly from: string
  readonly property: string
  readonly to: string
  readonly used: number
  readonly subject: string
  readonly value: string
  readonly isLiteral: boolean
}

/** A property of the things of a class, or one that leads to them: to or from what, how often, and the first example. */
export interface Side {
  readonly property: string
  readonly goesOut: boolean
  readonly to: readonly string[]
  readonly used: number
  readonly use: Use
}

/** There is no such class or property. */
export class UnknownTermError extends StdgraphError {}

export class Schema {
  private readonly byName: ReadonlyMap<string, TermData>

  constructor(private readonly data: SchemaData) {
    this.byName = new Map(data.terms.map(one => [one.term, one]))
  }

  /** All terms that are used, and those of our own that are not yet: classes before properties, the most used first. */
  get terms(): readonly TermData[] {
    return this.data.terms
  }

  get(term: string): TermData | undefined {
    return this.byName.get(term)
  }

  /** Returns the term that a name means: prefixed or local name, IRI, or label; throws UnknownTermError. */
  named(name: string): TermData {
    const known = this.get(name) ?? this.get(`stdg:${name}`) ?? this.get(short(expand(name)))
    if (known) return known
    const wanted = key(name)
    const called = this.terms.filter(one => [local(expand(one.term)), ...Object.values(one.label)].some(text => key(text) === wanted))
    const own = called.filter(one => one.term.startsWith('stdg:'))
    const found = own[0] ?? called[0]
    if (found) return found
    const near = nearest(name, this.terms.map(one => local(expand(one.term))), 5, 15, 50).map(at => this.terms[at]?.term).join(', ')
    throw new UnknownTermError(phrase("No class or property is called '{name}'; nearest: {names}.", { name, names: near || '-' }))
  }

  /** Returns how a term is used: a class with all that leads from its things and to them. */
  uses(term: TermData, ids: readonly number[] = term.own ?? term.uses): Use[] {
    return ids.map(id => {
      const [from, property, to, subject, value, used, isLiteral] = this.data.rows[id] as RowData
      const text = (number: number) => this.data.texts[number] as string
      return { from: text(from), property: text(property), to: text(to), used, subject: text(subject), value: text(value), isLiteral: Boolean(isLiteral) }
    })
  }

  /** Returns the shapes that hold a term. */
  rules(term: TermData): [string, RuleData][] {
    return term.rules.map(name => [name, this.data.rules[name] as RuleData])
  }

  /** Returns each property of a class once, the most frequent first, then those that lead to it. */
  sides(term: TermData): Side[] {
    const below = this.below(term.term)
    const uses = this.uses(term)
    const found = (term.sides ?? []).flatMap(([property, out, into]) => [[property, true, out], [property, false, into]] as const)
    const shown = sortedBy(found.filter(([, , used]) => used), ([property, goesOut, used]) => [Number(!goesOut), -used, expand(property)])
    return shown.map(([property, goesOut, used]) => {
      const own = uses.filter(use => use.property === property && below.has(goesOut ? use.from : use.to))
      const to = [...new Set(own.map(use => (goesOut ? use.to : use.from)))]
      return { property, goesOut, to, used, use: own[0] as Use }
    })
  }

  /** Returns a class and all below it. */
  private below(term: string, found = new Set<string>()): Set<string> {
    if (found.has(term)) return found
    found.add(term)
    for (const one of this.get(term)?.narrower ?? []) this.below(one, found)
    return found
  }
}

/** Returns a term as tables print it: our own without prefix. */
export function nameOf(term: string): string {
  return term.startsWith('stdg:') ? term.slice('stdg:'.length) : term || '-'
}

/** Returns the label of a term in a language, else in the other, else its local name. */
export function labelOf(term: TermData, lang: Lang): string {
  return term.label[lang] || term.label.en || term.label.zh || local(expand(term.term))
}

/** Returns a query that shows what a term is like. */
export function patternOf(schema: Schema, term: TermData): string {
  if (term.kind === 'property') return `SELECT ?x ?y {\n  ?x ${written(term.term)} ?y\n}\nLIMIT 20`
  const sides = schema.sides(term).filter(side => side.goesOut && side.property !== 'rdf:type').slice(0, 4)
  const lines = sides.map(({ property }) => `  OPTIONAL { ?x ${written(property)} ?${variableOf(property)} }`)
  return `SELECT * {\n  ?x a ${written(term.term)}\n${lines.join('\n')}${lines.length ? '\n' : ''}}\nLIMIT 20`
}

function written(term: string): string {
  return term.includes('://') ? `<${term}>` : term
}

function variableOf(term: string): string {
  return local(expand(term)).replace(/\W/g, '_')
}

/** Returns the terms, or one of them, in the form of `stdgraph schema -f json`. */
export function schemaJson(schema: Schema, name?: string): unknown {
  if (name === undefined) return schema.terms.filter(one => one.used).map(one => plain(schema, one, one.uses))
  const one = schema.named(name)
  return plain(schema, one, one.own ?? one.uses)
}

function plain(schema: Schema, one: TermData, ids: readonly number[]): unknown {
  const iri = (text: string) => (text ? expand(text) : null)
  const uses = schema.uses(one, ids).map(use => ({
    from: iri(use.from), property: iri(use.property), to: iri(use.to), used: use.used,
    example: [expand(use.subject), use.isLiteral ? use.value : expand(use.value)],
  }))
  const { term, kind, label, definition, used, questions } = one
  return { term, iri: expand(term), kind, label, definition, used, uses, questions }
}
