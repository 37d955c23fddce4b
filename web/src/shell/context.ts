// What every page is given: the graph, the place, and how to say things in the reader's language.

import { createContext } from 'preact'
import { useContext, useEffect } from 'preact/hooks'
import type { Graph } from '../graph/reads'
import { type Lang, phrase, type Value } from '../locale/locale'
import { hashOf, type Place } from './router'

export interface PageProps {
  readonly graph: Graph
  readonly place: Place
}

export const Here = createContext<Place>({ lang: 'en', path: [], query: {} })

/** Returns the language of the page. */
export function useLang(): Lang {
  return useContext(Here).lang
}

/** Gives the window the title of a page that is drawn later than its place is gone to. */
export function useTitle(title: string): void {
  useEffect(() => void (document.title = `${title} · stdgraph`), [title])
}

/** Returns what gives the address of another page in the same language. */
export function useLink(): (path: readonly string[], query?: Readonly<Record<string, string>>) => string {
  const { lang } = useContext(Here)
  return (path, query = {}) => hashOf({ lang, path, query })
}

/** Returns what a page is asked, by its first part; nothing on another page. */
export function useQuery(page: string): Readonly<Record<string, string>> {
  const { path, query } = useContext(Here)
  return path[0] === page ? query : {}
}

let stayed = ''

/** Goes to another place; the reader may stay in the field where he is. */
export function go(place: Place, { isStaying = false } = {}): void {
  stayed = isStaying ? hashOf(place) : ''
  location.hash = hashOf(place)
}

/** Tells whether the reader stays in his field at the place that was gone to. */
export function isStaying(): boolean {
  return stayed !== '' && location.hash === stayed
}

/** Returns a message of ours in a language. */
export function say(lang: Lang, message: string, values: Readonly<Record<string, Value>> = {}): string {
  return phrase(message, values).in(lang)
}
