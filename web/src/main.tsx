// Where the explorer begins: it opens the graph, draws the page of the address, and lets the console ask, too.

import { Component, type ComponentChildren, type ComponentType, render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { drawing } from './bundle/parts'
import { networkTold } from './canvas/told'
import { painted } from './charts/Picture'
import { AmbiguousNameError, StdgraphError, UnknownNameError } from './errors'
import { named } from './graph/named'
import type { Graph } from './graph/reads'
import { entry, type Lang } from './locale/locale'
import { toJson } from './model/results'
import { expand } from './model/vocabulary'
import { Ask } from './pages/Ask'
import { Failure, NoPage } from './pages/Failure'
import { Find } from './pages/Find'
import { Network } from './pages/Network'
import { Start } from './pages/Start'
import { Thing } from './pages/Thing'
import { type Arguments, ask, type Asking } from './services/ask'
import { profile } from './services/profile'
import type { Limits } from './services/query'
import { Asker, type Found, UnfitWordsError } from './services/words/asking'
import { Here, isStaying, type PageProps } from './shell/context'
import { lazily } from './shell/lazily'
import { open } from './shell/opened'
import { type Place, placeOf } from './shell/router'
import { Shell } from './shell/Shell'
import './style.css'

/** Pages by the first part of their address. */
const PAGES: Readonly<Record<string, ComponentType<PageProps>>> = {
  '': Start,
  ask: Ask,
  find: Find,
  network: Network,
  of: Thing,
  query: lazily(() => import('./pages/Query').then(one => one.Query)),
  schema: lazily(() => import('./pages/Schema').then(one => one.Schema)),
}

const usual: Lang = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'

/** Pages that the reader changes step by step: they stay where they are. */
const STAYING = ['network']

/** What a place shows, whatever its language: with another one the page begins at its top. */
function whereOf({ path, query }: Place): string {
  return JSON.stringify(STAYING.includes(path[0] ?? '') ? [path] : [path, query])
}

function App({ graph }: { readonly graph: Graph }) {
  const [place, set] = useState<Place>(placeOf(location.hash, usual))
  useEffect(() => {
    let known = whereOf(placeOf(location.hash, usual))
    const moved = () => {
      const next = placeOf(location.hash, usual)
      set(next)
      if (whereOf(next) === known) return
      known = whereOf(next)
      if (isStaying()) return
      document.getElementById('main')?.focus({ preventScroll: true })
      scrollTo({ top: 0, behavior: 'instant' })
    }
    addEventListener('hashchange', moved)
    return () => removeEventListener('hashchange', moved)
  }, [])
  useEffect(() => {
    document.documentElement.lang = place.lang === 'zh' ? 'zh-Hans' : 'en'
    document.documentElement.dataset['place'] = location.hash
    document.title = [document.querySelector('h1')?.textContent, 'stdgraph'].filter(Boolean).join(' · ')
  }, [place])
  const Page = entry(PAGES, place.path[0] ?? '') ?? NoPage
  return (
    <Here.Provider value={place}>
      <Shell graph={graph} place={place}>
        <Guard key={place.path.join('/')}>
          <Page graph={graph} place={place} />
        </Guard>
      </Shell>
    </Here.Provider>
  )
}

/** Shows what went wrong instead of a page that fails. */
class Guard extends Component<{ readonly children: ComponentChildren }, { readonly error: unknown }> {
  override state = { error: null as unknown }

  static override getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    return this.state.error ? <Failure error={this.state.error} /> : this.props.children
  }
}

/** What the console of the browser, and the tests, may ask: the same JSON as the command line prints. */
function console_(graph: Graph) {
  const told = (error: unknown) => (error instanceof StdgraphError ? { error: error.told.english } : Promise.reject(error))
  return {
    app: graph.app,
    engine: graph.engine,
    ask: (name: string, given: Arguments = {}, asking: Asking = { lang: 'en' }) =>
      ask(graph, name, given, asking).then(toJson, told),
    /** The panels of the page on some things, with the number of their rows. */
    profile: (ids: readonly string[], lang: Lang = 'en') =>
      profile(graph, ids.map(expand), lang).then(
        found => ({ profile: found.plan.name, panels: found.panels.map(one => [one.name, one.title, one.answer.rows.length]) }),
        told,
      ),
    /** What the command line would tell of a query, and how much it finds. */
    query: (text: string, lang: Lang = 'en', limits: Limits = { seconds: 60, limit: 100_000 }) =>
      import('./services/query').then(async one => one.summary(text, await one.query(graph, text, limits, lang), lang)),
    /** All classes and properties, or one of them, as `stdgraph schema -f json` tells them. */
    schema: (name?: string) => import('./pages/Schema').then(one => one.told(name)),
    /** What an address of the canvas shows, in a form; and what draws it. */
    network: (query: Readonly<Record<string, string>>, form: 'json' | 'gexf' | 'measures' | 'places' = 'json', lang: Lang = 'en') => networkTold(graph, query, form, lang),
    drawing,
    find: (text: string, kinds: readonly string[] = [], most = 20) =>
      graph.seeker.find(text, kinds, most).then(found => found.map(one => ({ iri: one.thing.iri, matched: one.matched, score: one.score }))),
    /** The thing that a name means, or the lines from which one is asked to choose. */
    named: (name: string, kinds: readonly string[] = [], lang: Lang = 'en') => named(graph, name, kinds, lang).then(found => found.iri, choices),
    /** What a question in one's own words means; its answers, each with its arguments. */
    words: words(graph),
  }
}

function choices(error: unknown): readonly string[] {
  if (error instanceof AmbiguousNameError) return error.candidates
  if (error instanceof UnknownNameError) return error.nearest
  throw error
}

/** What the console may ask in one's own words. */
function words(graph: Graph) {
  const told = (found: Found): object => ({ question: found.answer.question, given: found.given, answer: toJson(found.answer), also: found.also.map(told) })
  const near = (error: unknown) => (error instanceof UnfitWordsError ? { nearest: error.nearest, other: error.other } : Promise.reject(error))
  return {
    ask: (text: string, lang: Lang = 'en') => new Asker(graph, lang).ask(text).then(told, near),
    suggest: (text: string, lang: Lang = 'en') => new Asker(graph, lang).suggestions(text).then(found => found.map(told)),
    understand: (text: string) => graph.seeker.understand(text),
    postings: () => graph.seeker.postings(),
  }
}

async function begin(): Promise<void> {
  const root = document.getElementById('app') as HTMLElement
  try {
    const graph = await open()
    painted(graph.app.palette as Parameters<typeof painted>[0])
    Object.assign(globalThis, { stdgraph: console_(graph) })
    root.replaceChildren()
    render(<App graph={graph} />, root)
  } catch (error) {
    root.textContent = `stdgraph: ${String(error)}`
  }
}

void begin()
