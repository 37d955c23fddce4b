// How much two spellings are alike, as rapidfuzz tells: the share of characters that both have in the same order.

/** Returns the number of characters that two texts have in common, in the same order. */
export function common(a: string, b: string): number {
  const row = new Uint16Array(b.length + 1)
  for (let i = 0; i < a.length; i++) {
    const one = a.charCodeAt(i)
    let corner = 0
    for (let j = 0; j < b.length; j++) {
      const above = row[j + 1] as number
      const left = row[j] as number
      row[j + 1] = one === b.charCodeAt(j) ? corner + 1 : above > left ? above : left
      corner = above
    }
  }
  return row[b.length] as number
}

/** Returns how much two texts are alike, from 0 to 100: `fuzz.ratio`. */
export function ratio(a: string, b: string): number {
  const both = a.length + b.length
  return both ? 100 * (1 - (both - 2 * common(a, b)) / both) : 100
}

/** Returns how much a text is like the likest part of a longer one, from 0 to 100: `fuzz.partial_ratio`. */
export function partialRatio(short: string, long: string): number {
  const size = short.length
  let best = 0
  for (let end = 1; end < long.length + size; end++) {
    const part = long.slice(Math.max(0, end - size), Math.min(end, long.length))
    const most = 200 * Math.min(part.length, size) / (part.length + size)
    if (most > best) best = Math.max(best, ratio(short, part))
  }
  return best
}

/** A text that is like another one. */
export interface Like {
  readonly text: string
  readonly at: number
  /** From 0 to 100. */
  readonly ratio: number
}

/** Returns the texts most like one, the likest first, of those that are so much like it: `process.extract`. */
export function likest(wanted: string, among: readonly string[], most: number, least: number, alike = ratio): Like[] {
  const found: Like[] = []
  among.forEach((text, at) => {
    const short = Math.min(text.length, wanted.length)
    if (alike === ratio && 200 * short < least * (text.length + wanted.length)) return // no part of it could be enough
    const value = alike(wanted, text)
    if (value >= least) found.push({ text, at, ratio: value })
  })
  return found.sort((a, b) => b.ratio - a.ratio || a.at - b.at).slice(0, most)
}
