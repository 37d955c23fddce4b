// What is told of a question in one's own words, and of an answer that is narrowed by it: plain values, which a worker sends.

/** Arguments of a question: IRIs, years, days. */
export type Given = Readonly<Record<string, string>>

/** A question that may be meant: the optional arguments to try beside those that it needs, all of them first. */
export interface Meant {
  readonly question: string
  readonly given: Given
  readonly tries: readonly Given[]
  /** Those that are tried: of a question in several parts, what its first part names. */
  readonly runs: readonly Given[]
  readonly score: number
  /** Whether its own words speak for it. */
  readonly isOwn: boolean
}

/** A thing that words name: its country, the words by which they name it. */
export interface Mentioned {
  readonly iri: string
  readonly country: string
  readonly isPlace: boolean
  readonly words: readonly string[]
}

/** What the words of a question mean. */
export interface Understood {
  readonly text: string
  /** Whether the best question is worth running. */
  readonly fits: boolean
  readonly meant: readonly Meant[]
  /** The other command that is asked for: `profile`, `compare` or `timeline`, of the things named. */
  readonly other: { readonly command: string; readonly things: readonly string[] } | null
  /** IRIs of the things that it names. */
  readonly things: readonly string[]
  /** The same, each as often as it is named. */
  readonly mentioned: readonly Mentioned[]
  /** How many words tell what is asked. */
  readonly size: number
  readonly expects: readonly (readonly string[])[]
  readonly limit: number
  /** The parts that ask something of their own. */
  readonly clauses: readonly string[]
}

/** A value of a cell: a thing by its IRI with its label, else a text. */
export type Value = { readonly iri: string; readonly label: string } | string

/** An answer as narrowing reads it: the values of its arguments, and of each row. */
export interface Told {
  readonly question: string
  readonly given: readonly Value[]
  readonly rows: readonly (readonly Value[])[]
}
