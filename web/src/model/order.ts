// The order of Python's texts and tuples: texts by code points, tuples part by part.

export type Key = string | number | readonly Key[]

/** Compares two texts by their code points, as Python does. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const one = a.charCodeAt(at)
    const other = b.charCodeAt(at)
    if (one !== other) return rank(one) - rank(other)
  }
  return a.length - b.length
}

/** Surrogates stand for the code points behind all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** Compares two keys: numbers by size, texts by code points, lists part by part. */
export function compare(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return byCodePoint(a, b)
  if (!Array.isArray(a) || !Array.isArray(b)) throw new TypeError('keys of two kinds')
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const found = compare(a[at] as Key, b[at] as Key)
    if (found) return found
  }
  return a.length - b.length
}

/** Returns texts in order, each once. */
export function sortedSet(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(byCodePoint)
}

/** Returns things in the order of their keys; equal ones stay as they stand. */
export function sortedBy<T>(things: Iterable<T>, key: (thing: T) => Key, descending = false): T[] {
  const sign = descending ? -1 : 1
  const keyed = [...things].map(thing => ({ thing, key: key(thing) }))
  return keyed.sort((a, b) => sign * compare(a.key, b.key)).map(one => one.thing)
}

/** Returns the first of the things with the least key, or undefined for none. */
export function leastBy<T>(things: Iterable<T>, key: (thing: T) => Key): T | undefined {
  let best: { thing: T; key: Key } | undefined
  for (const thing of things) {
    const found = key(thing)
    if (!best || compare(found, best.key) < 0) best = { thing, key: found }
  }
  return best?.thing
}

/** Returns the first of the things with the greatest key, or undefined for none. */
export function greatestBy<T>(things: Iterable<T>, key: (thing: T) => Key): T | undefined {
  let best: { thing: T; key: Key } | undefined
  for (const thing of things) {
    const found = key(thing)
    if (!best || compare(found, best.key) > 0) best = { thing, key: found }
  }
  return best?.thing
}
