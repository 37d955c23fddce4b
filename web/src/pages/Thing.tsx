// The page on a thing, or on several: names and kind, panels that fold, what is not known.

import { useMemo, useState } from 'preact/hooks'
import { Picture } from '../charts/Picture'
import { entry, marked } from '../locale/locale'
import type { Entity } from '../model/cells'
import { heldBy } from '../model/holding'
import { expand, short } from '../model/vocabulary'
import type { Arguments } from '../services/ask'
import { type Lacking, type Panel, type Profile, profile } from '../services/profile'
import { things } from '../shell/choices'
import { go, type PageProps, say, useLang, useLink } from '../shell/context'
import { Exports } from '../shell/Exports'
import { Finder } from '../shell/Finder'
import { useLater } from '../shell/later'
import { at, pathOf, thingsOf } from '../shell/router'
import { Table } from '../shell/Table'
import { Without } from '../shell/Without'
import { Failure } from './Failure'

/** Kinds of things that stand in networks. */
const DRAWN = ['Actor', 'Agreement', 'Event', 'Standard', 'StandardEdition']
/** The argument that says on which day, and that with the words that rows hold. */
const AS_OF = 'as_of'
const ONLY = 'only'

export function Thing({ graph, place }: PageProps) {
  const lang = useLang()
  const link = useLink()
  const iris = useMemo(() => thingsOf(place.path.slice(1)), [place])
  const asOf = place.query[AS_OF] ?? null
  const only = place.query[ONLY] ?? ''
  const later = useLater<Profile>(`${lang} ${asOf} ${iris.join(' ')}`, show => profile(graph, iris, lang, show, asOf))
  const [isFolded, fold] = useState(false)
  const found = later.state === 'failed' ? undefined : later.value
  const panels = useMemo(() => narrowed(found?.panels ?? [], only), [found, only])
  const titles = iris.map(iri => graph.names.get(iri)?.label(lang) ?? short(iri))
  return (
    <>
      <h1>{(found ? found.of.map(one => one.label) : titles).map((one, at) => <>{at ? ' · ' : null}<span class="whole">{one}</span></>)}</h1>
      {iris.map(iri => <About key={iri} graph={graph} iri={iri} />)}
      {iris.some(iri => graph.names.get(iri)?.kinds.some(kind => DRAWN.includes(kind))) ? <p><a href={link(['network'], { of: iris.map(short).join(' ') })}>{say(lang, marked('As a network'))}</a></p> : null}
      <Around graph={graph} place={place} iris={iris} asOf={asOf} />
      <section class="answer" aria-live="polite" aria-busy={later.state === 'waiting'}>
        {later.state === 'failed' ? <Failure error={later.error} /> : null}
        {found ? (
          <>
            <Only place={place} only={only} />
            {only && !panels.length && later.state === 'done' ? <p>{say(lang, marked('No row of this page has these words.'))}</p> : null}
            <Contents panels={panels} onFold={() => fold(!isFolded)} isFolded={isFolded} />
            {panels.map(panel => <Section key={`${panel.name} ${isFolded} ${only}`} graph={graph} panel={panel} of={found.of} asOf={asOf} isOpen={!isFolded} />)}
            {only ? null : (
              <>
                <Missing title={marked('Nothing known of')} panels={found.nothing} />
                <Missing title={marked('Nothing in this page, which is without the standards of registers')} panels={found.without} />
                <Missing title={marked('Asked with a day, or with a register')} panels={found.lacking} />
              </>
            )}
          </>
        ) : null}
        {later.state === 'waiting' ? <p class="wait">{say(lang, marked('Looking …'))}</p> : null}
      </section>
    </>
  )
}

/** Returns the panels with the rows that hold some words; those without one are left out. */
function narrowed(panels: readonly Panel[], only: string): readonly Panel[] {
  if (!only) return panels
  return panels.map(panel => ({ ...panel, answer: heldBy(panel.answer, only) })).filter(panel => panel.answer.rows.length)
}

/** Narrows all lists of the page to rows with some words: a year, a field, a name. */
function Only({ place, only }: { readonly place: PageProps['place']; readonly only: string }) {
  const lang = useLang()
  const link = useLink()
  const [text, type] = useState(only)
  const { [ONLY]: _, ...rest } = place.query
  const submit = (event: Event) => {
    event.preventDefault()
    go(at(place, place.path, text.trim() ? { ...rest, [ONLY]: text.trim() } : rest), { isStaying: true })
  }
  return (
    <form class="only" role="search" aria-label={say(lang, marked('Narrow this page'))} onSubmit={submit}>
      <label>
        {say(lang, marked('Only rows of this page with these words, or of this year'))}
        <input type="search" name="only" value={text} placeholder={say(lang, marked('2020, graphene, secretariat …'))} onInput={event => type(event.currentTarget.value)} />
      </label>
      <button type="submit" class="plain">{say(lang, marked('Show'))}</button>
      {only ? <a href={link(place.path, rest)}>{say(lang, marked('Show all rows'))}</a> : null}
    </form>
  )
}

interface AroundProps extends PageProps {
  readonly iris: readonly string[]
  readonly asOf: string | null
}

/** What else this page can be: on a day, with another thing beside it, or as a page without scripts. */
function Around({ graph, place, iris, asOf }: AroundProps) {
  const lang = useLang()
  const [day, set] = useState(asOf ?? '')
  const [text, type] = useState('')
  const plain = iris.length === 1 ? entry(graph.app.written, short(iris[0] as string)) : undefined
  const submit = (event: Event) => {
    event.preventDefault()
    const { [AS_OF]: _, ...rest } = place.query
    go(at(place, place.path, day.trim() ? { ...rest, [AS_OF]: day.trim() } : rest))
  }
  const beside = (iri: string) => go({ lang, path: pathOf([...iris, iri]), query: place.query })
  return (
    <form class="around" onSubmit={submit}>
      <label>
        {say(lang, marked('only what held on this day'))}
        <input name="as_of" value={day} placeholder="YYYY-MM-DD" pattern="[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" onInput={event => set(event.currentTarget.value)} />
      </label>
      <button type="submit" class="plain">{say(lang, marked('Show'))}</button>
      <Finder
        name="beside" title={say(lang, marked('Beside another'))} value={text} hint={say(lang, marked('a country, a body …'))}
        suggest={typed => things(graph, typed, lang)} onInput={type} onChoose={choice => beside(expand(choice.value))}
      />
      {plain ? <p><a href={`${lang}/${plain}.html`}>{say(lang, marked('This page without scripts'))}</a></p> : null}
    </form>
  )
}

/** Kind, country, id and names of a thing. */
function About({ graph, iri }: { readonly graph: PageProps['graph']; readonly iri: string }) {
  const lang = useLang()
  const named = graph.names.get(iri)
  const names = [...new Set(named?.names.map(([text]) => text) ?? [])].filter(text => text !== named?.label(lang))
  return (
    <p class="lead">
      {named ? [graph.names.kindWord(named.kind, lang), named.country].filter(Boolean).join(' · ') : null} <code>{short(iri)}</code>
      {names.length ? <span class="names">{names.slice(0, 8).join(' · ')}</span> : null}
    </p>
  )
}

interface ContentsProps {
  readonly panels: readonly Panel[]
  readonly isFolded: boolean
  readonly onFold: () => void
}

function Contents({ panels, isFolded, onFold }: ContentsProps) {
  const lang = useLang()
  const jump = (event: Event, name: string) => {
    event.preventDefault()
    const section = document.getElementById(`panel-${name}`)
    section?.setAttribute('open', '')
    section?.scrollIntoView()
    section?.querySelector('summary')?.focus({ preventScroll: true })
  }
  return (
    <nav class="contents" aria-label={say(lang, marked('On this page'))}>
      {panels.map(({ name, title, answer }) => (
        <a key={name} href={`#panel-${name}`} onClick={event => jump(event, name)}>{title} <small>{answer.rows.length}</small></a>
      ))}
      <button type="button" class="plain small" onClick={onFold}>{isFolded ? say(lang, marked('Open all')) : say(lang, marked('Fold all'))}</button>
    </nav>
  )
}

interface SectionProps {
  readonly graph: PageProps['graph']
  readonly panel: Panel
  readonly of: readonly Entity[]
  readonly asOf: string | null
  readonly isOpen: boolean
}

function Section({ graph, panel, of, asOf, isOpen }: SectionProps) {
  const lang = useLang()
  const link = useLink()
  const { name, title, answer, calls, show, columns } = panel
  const [isWhole, whole] = useState(false)
  const given = (asked: Arguments) => {
    const ids = Object.fromEntries(Object.entries(asked).map(([one, value]) => [one, of.some(o => o.iri === value) ? short(value) : value]))
    return { ...ids, ...(asOf && !('on' in ids) ? { [AS_OF]: asOf } : {}) }
  }
  return (
    <details class="panel" id={`panel-${name}`} open={isOpen}>
      <summary><h2>{title}</h2> <small>{answer.rows.length}</small></summary>
      <Without graph={graph} question={answer.question} />
      <Picture graph={graph} answer={answer} name={panel.chart} />
      <Table answer={answer} most={isWhole ? answer.rows.length : show} shown={columns} />
      {answer.rows.length > show ? (
        <p><button type="button" class="plain" aria-expanded={isWhole} onClick={() => whole(!isWhole)}>{isWhole ? say(lang, marked('Only the first rows')) : say(lang, marked('All {rows} rows'), { rows: answer.rows.length })}</button></p>
      ) : null}
      <p>
        {calls.length > 1 ? `${say(lang, marked('All rows and columns, and how they were computed'))}: ` : null}
        {calls.map((call, at) => (
          <>
            {at ? ' · ' : null}
            <a href={link(['ask', answer.question], given(call.given))}>{calls.length > 1 ? call.of.map(one => one.label).join(' – ') : say(lang, marked('All rows and columns, and how they were computed'))}</a>
          </>
        ))}
      </p>
      <details class="more">
        <summary>{say(lang, marked('Save, and how computed'))}</summary>
        <Exports graph={graph} answer={answer} />
        <pre><code>{answer.query}</code></pre>
      </details>
    </details>
  )
}

function Missing({ title, panels }: { readonly title: string; readonly panels: readonly Lacking[] }) {
  const lang = useLang()
  if (!panels.length) return null
  const told = panels.map(one => (one.pack ? `${one.title} (${one.pack})` : one.title))
  return <p class="missing"><strong>{say(lang, title)}</strong> {told.join(' · ')}</p>
}
