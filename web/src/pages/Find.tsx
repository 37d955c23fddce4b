// All that is found for a text: what it asks, if it asks something, and the things by name with why each is found.

import { question } from '../graph/questions'
import { type Lang, marked } from '../locale/locale'
import { isWords, key } from '../model/spelling'
import type { Given } from '../model/understood'
import { short } from '../model/vocabulary'
import { Asker, type Found, UnfitWordsError } from '../services/words/asking'
import { aboutOf } from '../shell/choices'
import { type PageProps, say, useLang, useLink } from '../shell/context'
import { useLater } from '../shell/later'
import { pathOf } from '../shell/router'
import { Table } from '../shell/Table'
import type { Why } from '../storage/finding'
import type { Hit } from '../storage/seeker'
import { Without } from '../shell/Without'
import { Failure } from './Failure'

/** So many things are looked at, and so many shown at first. */
const MOST = 200
/** So many rows of an answer are shown here. */
const ROWS = 30

type Graph = PageProps['graph']

export function Find({ graph, place }: PageProps) {
  const lang = useLang()
  const { q = '', kind = '' } = place.query
  const later = useLater(`${q} ${kind}`, () => sought(graph, q, kind))
  const title = q ? say(lang, marked('What is found for “{text}”'), { text: q }) : say(lang, marked('Search'))
  return (
    <>
      <h1>{title}</h1>
      <Without graph={graph} />
      <section class="answer" aria-live="polite" aria-busy={later.state === 'waiting'}>
        {later.state === 'waiting' ? <p class="wait">{say(lang, marked('Looking …'))}</p> : null}
        {later.state === 'failed' ? <Failure error={later.error} /> : null}
        {later.state === 'done' ? (
          <>
            {later.value.asks === 'first' ? <Asked graph={graph} text={q} /> : null}
            <Things graph={graph} text={q} kind={kind} {...later.value} />
            {later.value.asks === 'last' ? <Asked graph={graph} text={q} /> : null}
          </>
        ) : null}
      </section>
    </>
  )
}

interface SoughtThings {
  readonly all: readonly Hit[]
  readonly hits: readonly Hit[]
  readonly near: readonly Hit[]
  /** Where the answer stands, if the text may ask something: before the names where a question fits. */
  readonly asks: 'first' | 'last' | 'not'
}

async function sought(graph: Graph, text: string, kind: string): Promise<SoughtThings> {
  if (!text) return { all: [], hits: [], near: [], asks: 'not' }
  const all = await graph.seeker.find(text, [], MOST)
  const some = kind ? await graph.seeker.find(text, [kind], MOST) : all
  const hits = some.filter(one => !kind || one.thing.kind === kind)
  const near = all.length ? [] : await graph.seeker.nearest(text)
  const isAsking = isWords(text) && !kind && all[0]?.why !== 'same'
  const asks = isAsking ? ((await graph.seeker.understand(text)).fits ? 'first' : 'last') : 'not'
  return { all, hits, near, asks }
}

/** The answer to what a text asks, or the questions that come near. */
function Asked({ graph, text }: { readonly graph: Graph; readonly text: string }) {
  const lang = useLang()
  const later = useLater<Found>(`${lang} ${text}`, () => new Asker(graph, lang).ask(text))
  if (later.state === 'waiting') return <p class="wait">{say(lang, marked('Looking …'))}</p>
  if (later.state === 'failed') {
    return later.error instanceof UnfitWordsError ? <Near graph={graph} error={later.error} /> : <Failure error={later.error} />
  }
  const { value } = later
  return (
    <div>
      {[value, ...value.also].map(found => <Answered key={JSON.stringify([found.answer.question, found.given])} graph={graph} found={found} text={text} />)}
    </div>
  )
}

function Answered({ graph, found, text }: { readonly graph: Graph; readonly found: Found; readonly text: string }) {
  const lang = useLang()
  const link = useLink()
  const { answer, given, whole } = found
  const rows = answer.rows.length
  return (
    <section class="panel asked">
      <h2>{answer.title}</h2>
      <p class="given">{told(graph, answer.question, given, lang)}</p>
      {rows < whole ? <p>{say(lang, marked('{rows} of its {number} rows hold most of these words.'), { rows, number: whole })}</p> : null}
      <Without graph={graph} question={answer.question} />
      <Table answer={answer} most={ROWS} />
      <p>
        <a href={link(['ask', answer.question], argumentsOf(given))}>{say(lang, marked('Ask this question, with other conditions'))}</a>
        {rows < whole ? <> · <a href={link(['ask', answer.question], { ...argumentsOf(given), like: text })}>{say(lang, marked('Only these rows'))}</a></> : null}
      </p>
    </section>
  )
}

/** Questions that come near, as links; pages that were asked for instead. */
function Near({ graph, error }: { readonly graph: Graph; readonly error: UnfitWordsError }) {
  const lang = useLang()
  const link = useLink()
  const { other, nearest } = error
  const label = (iri: string) => graph.names.get(iri)?.label(lang) ?? short(iri)
  if (!other && !nearest.length) return null
  return (
    <section>
      {other ? <p><a class="button" href={link(pathOf(other.things))}>{other.things.map(label).join(' · ')}</a></p> : null}
      <h2>{say(lang, marked('Questions that come near'))}</h2>
      <ul class="list">
        {nearest.map(one => (
          <li key={one.question}>
            <a href={link(['ask', one.question], argumentsOf(one.given))}>{question(graph.app, one.question).title[lang]}</a>{' '}
            <small>{told(graph, one.question, one.given, lang)}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Returns arguments as they stand in an address. */
function argumentsOf(given: Given): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.includes('://') ? short(value) : value]))
}

/** Returns the arguments of a question in words. */
function told(graph: Graph, name: string, given: Given, lang: Lang): string {
  const { parameters } = question(graph.app, name)
  const values = parameters.filter(one => one.name in given).map(one => given[one.name] as string)
  return values.map(value => graph.names.get(value)?.label(lang) ?? value).join(' · ')
}

const WHY: Readonly<Record<Why, string>> = {
  same: marked('called so'),
  begins: marked('its name begins so'),
  words: marked('its name has all the words'),
  alike: marked('spelt alike'),
  some: marked('its name has some of the words'),
}

function Things({ graph, text, kind, all, hits, near }: SoughtThings & { readonly graph: Graph; readonly text: string; readonly kind: string }) {
  const lang = useLang()
  if (!all.length && !near.length) return text ? <p>{say(lang, marked("Nothing in the graph is named '{name}'."), { name: text })}</p> : null
  return (
    <section class="found">
      <h2>{all.length ? say(lang, marked('By name')) : say(lang, marked('Names that come near'))}</h2>
      {all.length ? <Kinds graph={graph} text={text} kind={kind} all={all} /> : null}
      <ol class="hits">
        {(all.length ? hits : near).map(one => <One key={one.thing.iri} graph={graph} hit={one} />)}
      </ol>
    </section>
  )
}

/** The kinds of what is found, each with its number: a choice of one. */
function Kinds({ graph, text, kind, all }: { readonly graph: Graph; readonly text: string; readonly kind: string; readonly all: readonly Hit[] }) {
  const lang = useLang()
  const link = useLink()
  const counts = new Map<string, number>()
  for (const { thing } of all) counts.set(thing.kind, (counts.get(thing.kind) ?? 0) + 1)
  const kinds = [...counts].sort(([, a], [, b]) => b - a)
  if (kinds.length < 2) return null
  return (
    <nav class="kinds" aria-label={say(lang, marked('Kinds'))}>
      {[['', all.length] as const, ...kinds].map(([one, number]) => (
        <a key={one} href={link(['find'], one ? { q: text, kind: one } : { q: text })} aria-current={one === kind ? 'true' : undefined}>
          {one ? graph.names.kindWord(one, lang) : say(lang, marked('all kinds'))} <small>{number}{number === MOST ? '+' : ''}</small>
        </a>
      ))}
    </nav>
  )
}

function One({ graph, hit }: { readonly graph: Graph; readonly hit: Hit }) {
  const lang = useLang()
  const link = useLink()
  const { thing, matched, why } = hit
  const label = thing.label(lang)
  return (
    <li>
      <a href={link(pathOf([thing.iri]))}>{label}</a> <small>{aboutOf(graph, thing, lang)}</small>
      <span class="why">{key(label) === key(matched) ? null : <q>{matched}</q>} {say(lang, WHY[why])}</span>
    </li>
  )
}
