// What comes nearest to a misspelt word, id or term: the twin of stdgraph/storage/nearest.py, and of what it takes from
// rapidfuzz (`fuzz.ratio`) and from difflib (`get_close_matches`).

import { compare } from '../model/order'

const LONGEST = 200

/** Returns which of some texts come nearest to one, best first, whatever their case. */
export function nearest(wanted: string, known: readonly string[], limit = 3, within = 8, cutoff = 60): number[] {
  const typed = wanted.toLowerCase().slice(0, LONGEST)
  const scored = known.map((text, at) => [-likeness(typed, text.toLowerCase()), at] as const).filter(([score]) => -score >= cutoff)
  const hits = scored.sort(compare).slice(0, limit * 2)
  const best = hits.map(([score, at]) => [score, (known[at] as string).length, (known[at] as string).toLowerCase(), at] as const).sort(compare)
  const first = best[0]?.[0] ?? 0
  return best.filter(([score]) => score <= first + within).map(one => one[3]).slice(0, limit)
}

/** Returns how alike two texts are, 0 to 100: the letters that they have in common in order, of all. */
function likeness(a: string, b: string): number {
  const whole = a.length + b.length
  return whole ? (100 * 2 * common(a, b)) / whole : 100
}

/** Returns the length of the longest sequence that two texts have in common. */
function common(a: string, b: string): number {
  let row = new Uint16Array(b.length + 1)
  for (const letter of a) {
    const next = new Uint16Array(b.length + 1)
    for (let at = 1; at <= b.length; at++) {
      next[at] = letter === b[at - 1] ? (row[at - 1] as number) + 1 : Math.max(row[at] as number, next[at - 1] as number)
    }
    row = next
  }
  return row[b.length] as number
}

/** Returns the words that come near to one, best first, as difflib does: by the blocks that they have in common. */
export function closeMatches(word: string, known: readonly string[], most: number, cutoff: number): string[] {
  const scored = known.map(one => [(2 * inBlocks(one, word)) / (one.length + word.length || 1), one] as const)
  return scored.filter(([score]) => score >= cutoff).sort((a, b) => compare(b, a)).slice(0, most).map(([, one]) => one)
}

/** Returns how many letters stand in blocks that two texts have in common, the longest block first. */
function inBlocks(a: string, b: string): number {
  let [at, other, size] = [0, 0, 0]
  let row: number[] = []
  for (let i = 0; i < a.length; i++) {
    const next: number[] = []
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue
      const long = (next[j] = (row[j - 1] ?? 0) + 1)
      if (long > size) [at, other, size] = [i - long + 1, j - long + 1, long]
    }
    row = next
  }
  if (!size) return 0
  return size + inBlocks(a.slice(0, at), b.slice(0, other)) + inBlocks(a.slice(at + size), b.slice(other + size))
}
