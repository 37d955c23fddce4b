// Places of the explorer as addresses behind `#`: language, page, its parts, and arguments. They are permalinks.
// `#/zh/ask/agreements?actor=country/CN&as_of=2020`

import type { Lang } from '../locale/locale'
import { expand, short } from '../model/vocabulary'

export interface Place {
  readonly lang: Lang
  /** The page and its parts, decoded: `['ask', 'agreements']`; empty for the start page. */
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

/** Returns the place that an address behind `#` means; one without a language takes the reader's. */
export function placeOf(hash: string, usual: Lang): Place {
  const [path = '', search = ''] = split(hash.replace(/^#\/?/, ''), '?')
  const parts = path.split('/').filter(Boolean).map(decoded)
  const lang = parts[0] === 'en' || parts[0] === 'zh' ? parts[0] : null
  return { lang: lang ?? usual, path: lang ? parts.slice(1) : parts, query: Object.fromEntries(new URLSearchParams(search)) }
}

/** Returns the address of a place. */
export function hashOf({ lang, path, query }: Place): string {
  const search = new URLSearchParams(query).toString()
  return `#/${[lang, ...path].map(part => encodeURIComponent(part)).join('/')}${search ? `?${search}` : ''}`
}

/** Returns a place with another page, parts or arguments. */
export function at(place: Place, path: readonly string[], query: Readonly<Record<string, string>> = {}): Place {
  return { lang: place.lang, path, query }
}

/** What stands between the things of a page on several. */
const AND = '+'

/** Returns the parts of the address of the page on some things: `of/org/gb-bsi/+/org/cn-sac`. */
export function pathOf(iris: readonly string[]): string[] {
  return ['of', ...iris.map(iri => short(iri).split('/')).reduce((all, parts) => [...all, AND, ...parts])]
}

/** Returns the things that the parts of an address behind `of` mean. */
export function thingsOf(path: readonly string[]): string[] {
  return path.join('/').split(`/${AND}/`).filter(Boolean).map(expand)
}

function split(text: string, sign: string): [string, string] {
  const found = text.indexOf(sign)
  return found < 0 ? [text, ''] : [text.slice(0, found), text.slice(found + 1)]
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
