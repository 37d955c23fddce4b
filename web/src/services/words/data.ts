// What the bundle tells of words: how people ask, what counts how much, the rows of answers by what they hold.
// The twin of stdgraph/services/words/told.py.

export type Strings = readonly string[]

interface InBoth {
  readonly en: Strings
  readonly zh: Strings
}

/** The file queries/words/words.toml. */
export interface Said {
  readonly empty: { readonly en: string; readonly zh: string }
  readonly expects: Readonly<Record<string, InBoth>>
  readonly index: { readonly questions: string }
  readonly same: Readonly<Record<string, string>>
  readonly commands: Readonly<Record<string, Strings>>
  readonly counts: Readonly<Record<string, number>>
  readonly demonyms: Readonly<Record<string, string>>
  readonly announced: InBoth
  readonly compares: InBoth
}

/** Numbers and sets by their modules and names in stdgraph/services/words. */
export interface Numbers {
  readonly filling: { readonly CODES: Strings; readonly REGIONS: Strings; readonly CODED: Strings; readonly WIDEST: string }
  readonly fitting: { readonly SHARES: Readonly<Record<string, number>>; readonly NAMED: number; readonly LONG: number; readonly LEAST: number }
  readonly listed: { readonly MOST: number }
  readonly ranking: {
    readonly SHARES: Readonly<Record<string, number>>
    readonly TITLE: number
    readonly ALSO: number
    readonly COLUMN: number
    readonly TOLD: number
    readonly WITHIN: number
    readonly MOST: number
    readonly BEST: number
    readonly BLOCKS: number
    readonly NEAR: Readonly<Record<string, Strings>>
    readonly NEARLY: number
    readonly SAID: number
    readonly LESS: number
    readonly UNKNOWN: number
  }
  readonly running: { readonly MOST: number; readonly MORE: number; readonly LENGTHY: number; readonly WORTH: number }
  readonly shortened: { readonly LONGER: number }
  readonly splitting: { readonly MOST: number; readonly SHORTEST: number }
  readonly spotting: {
    readonly MOST: number
    readonly NAME: number
    readonly UNNAMED: Strings
    readonly COUNTRY: Strings
    readonly REGION: Strings
    readonly CODE: number
  }
  readonly tokens: { readonly ENDINGS: Strings; readonly SHORTEST: number }
  readonly wording: { readonly LONGEST: number }
}

/** What stands in answers.json. */
export interface WordsData {
  readonly said: Said
  readonly numbers: Numbers
  /** Question, the arguments that it needs, number of rows. */
  readonly blocks: readonly (readonly [string, Readonly<Record<string, string>>, number])[]
  /** Short ids of things, each with the steps from row to row that hold it. */
  readonly things: readonly (readonly [string, readonly number[]])[]
  /** Texts, likewise. */
  readonly texts: readonly (readonly [string, readonly number[]])[]
}
