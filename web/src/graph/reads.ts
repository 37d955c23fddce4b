// What a graph is to those who read it, and how they ask it the queries of `queries/reads/`: the twin of
// stdgraph/graph/reads.py.

import type { AppData } from '../bundle/bundle'
import type { Engine, RdfTerm, Solution } from '../engine/engine'
import { EngineError } from '../errors'
import { phrase } from '../locale/locale'
import { sortedSet } from '../model/order'
import type { Names } from '../storage/names'
import { bound, type Given } from '../storage/queries'
import type { Seeker } from '../storage/seeker'

/** So many things are asked about at once. */
const BATCH = 400
/** The rows of so many things are kept; with one more all are let go. */
const KEPT = 20_000

/** An opened graph. */
export class Graph {
  private readonly told = new Map<string, readonly Solution[]>()

  constructor(
    readonly engine: Engine,
    readonly names: Names,
    readonly app: AppData,
    readonly seeker: Seeker,
  ) {}

  /** Returns the rows of a SELECT query; throws EngineError. */
  async select(text: string): Promise<readonly Solution[]> {
    const found = await this.engine.query(text)
    if (found.kind === 'rows') return found.rows
    const detail = found.kind === 'fault' ? found.detail || found.fault : found.kind
    throw new EngineError(phrase('The engine failed: {detail}', { detail }))
  }

  /**
   * Returns the rows of a query of `queries/reads/`, asked in batches where it is about many things: `x` are the IRIs
   * of its variable `?x`, null where it has none; `values` the terms of its other variables.
   */
  async read(name: string, x: Iterable<string> | null, values: Record<string, Iterable<Given>> = {}): Promise<Solution[]> {
    const query = bound(this.textOf(name), values)
    if (x === null) return [...(await this.select(query))]
    const wanted = sortedSet(x)
    const rows: Solution[] = []
    for (let at = 0; at < wanted.length; at += BATCH) {
      rows.push(...(await this.select(bound(query, { x: wanted.slice(at, at + BATCH) }))))
    }
    return rows
  }

  /** Returns the rows of a query of `queries/reads/` thing by thing; each thing is asked about once. */
  async ofEach(name: string, x: Iterable<string>): Promise<Solution[]> {
    const wanted = sortedSet(x)
    const missing = new Map<string, Solution[]>()
    const known = new Map<string, readonly Solution[]>()
    for (const iri of wanted) {
      const rows = this.told.get(`${name} ${iri}`)
      if (rows) known.set(iri, rows)
      else missing.set(iri, [])
    }
    for (const row of await this.read(name, missing.keys())) missing.get(valueOf(row, 'x'))?.push(row)
    if (this.told.size + missing.size > KEPT) this.told.clear()
    for (const [iri, rows] of missing) this.told.set(`${name} ${iri}`, rows)
    return wanted.flatMap(iri => known.get(iri) ?? missing.get(iri) ?? [])
  }

  private textOf(name: string): string {
    const text = this.app.reads[name]
    if (text === undefined) throw new Error(`there is no queries/reads/${name}.rq`)
    return text
  }
}

/** Returns the text of a term that a row has. */
export function valueOf(row: Solution, name: string): string {
  return (row[name] as RdfTerm).value
}

/** Returns the text of a term of a row, null where the row leaves it out. */
export function maybe(row: Solution, name: string): string | null {
  return row[name]?.value ?? null
}
