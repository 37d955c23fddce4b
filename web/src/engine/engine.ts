// The one interface through which everything asks the graph. Implementations: `LocalEngine` (WebAssembly in a worker) and
// `RemoteEngine` (the SPARQL endpoint of `stdgraph serve`).

/** A term in the form of SPARQL 1.1 results in JSON. */
export interface RdfTerm {
  readonly type: 'uri' | 'literal' | 'bnode' | 'triple'
  readonly value: string
  readonly datatype?: string
  readonly 'xml:lang'?: string
}

export type Solution = Readonly<Record<string, RdfTerm | undefined>>

export interface Limits {
  /** Rows or triples at most; `cut` tells that there were more. None by default. */
  readonly limit?: number
  /** Seconds that the query may take; the engine is begun anew behind one that takes longer. None by default. */
  readonly seconds?: number
}

export interface Rows {
  readonly kind: 'rows'
  readonly columns: readonly string[]
  readonly rows: readonly Solution[]
  readonly cut: boolean
}

export interface Truth {
  readonly kind: 'truth'
  readonly value: boolean
}

export interface Triples {
  readonly kind: 'triples'
  /** N-Triples, a line each. */
  readonly lines: readonly string[]
  readonly cut: boolean
}

/** What went wrong. `syntax` has line and column of the query; `time` and `stopped` say that it was ended. */
export interface Fault {
  readonly kind: 'fault'
  readonly fault: 'syntax' | 'time' | 'stopped' | 'engine'
  readonly detail: string
  readonly line?: number
  readonly column?: number
}

export type Found = Rows | Truth | Triples | Fault

export interface Engine {
  /** Done when the graph is loaded; rejected where it cannot be. */
  readonly ready: Promise<void>
  /** Whether it has also what the page is without. */
  readonly isWhole: boolean
  /** Returns what a read-only SPARQL 1.1 query finds; faults are returned, too. `<org/gb-bsi>` is relative to the base. */
  query(sparql: string, limits?: Limits): Promise<Found>
  /** Ends what runs and what waits; each comes back as `stopped`. The next query is answered as before. */
  stop(): void
}
