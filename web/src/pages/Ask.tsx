// Canned questions: the list of them, and one with its form and its answer.

import { useState } from 'preact/hooks'
import { Picture } from '../charts/Picture'
import type { ParameterData, QuestionData } from '../bundle/bundle'
import { datatypeOf, question } from '../graph/questions'
import { inWords, marked, phrase } from '../locale/locale'
import type { Answer, Stood } from '../model/results'
import { textOf } from '../model/cells'
import { key } from '../model/spelling'
import { XSD } from '../model/vocabulary'
import { ask } from '../services/ask'
import { Asker } from '../services/words/asking'
import { choicesOf } from '../shell/choices'
import { go, type PageProps, say, useLang, useLink } from '../shell/context'
import { type Choice, Finder } from '../shell/Finder'
import { useLater } from '../shell/later'
import { at } from '../shell/router'
import { Exports } from '../shell/Exports'
import { Table } from '../shell/Table'
import { Without } from '../shell/Without'
import { Failure } from './Failure'

/** The argument that says on which day. */
const AS_OF = 'as_of'
/** The argument that narrows a long answer to the rows that hold some words. */
const LIKE = 'like'

export function Ask(props: PageProps) {
  const name = props.place.path[1]
  return name === undefined ? <List {...props} /> : <One key={name} {...props} asked={question(props.graph.app, name)} />
}

function List({ graph }: PageProps) {
  const lang = useLang()
  const link = useLink()
  const [text, set] = useState('')
  const words = text.split(/\s+/).map(key).filter(Boolean)
  const isMeant = (one: QuestionData) => {
    const told = key([one.name, one.title.en, one.title.zh, one.description.en, one.description.zh].join(' '))
    return words.every(word => told.includes(word))
  }
  const shown = new Map(graph.app.questions.filter(isMeant).map(one => [one.name, one]))
  const topics = graph.app.topics.map(({ title, questions }) => ({ title, questions: questions.flatMap(one => shown.get(one) ?? []) }))
  return (
    <>
      <h1>{say(lang, marked('Questions'))}</h1>
      <label class="filter">
        {say(lang, marked('Only those with these words'))}
        <input type="search" value={text} onInput={event => set(event.currentTarget.value)} />
      </label>
      <p class="count" aria-live="polite">{say(lang, marked('{shown} of {all} questions'), { shown: shown.size, all: graph.app.questions.length })}</p>
      {topics.filter(topic => topic.questions.length).map(topic => (
        <section key={topic.title.en}>
          <h2>{topic.title[lang]}</h2>
          <ul class="list">
            {topic.questions.map(one => (
              <li key={one.name}>
                <a href={link(['ask', one.name], one.example)}>{one.title[lang]}</a> <code>{one.name}</code>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function One({ graph, place, asked }: PageProps & { readonly asked: QuestionData }) {
  const lang = useLang()
  const { [AS_OF]: asOf, [LIKE]: like = '', ...given } = place.query
  const isAsked = asked.parameters.every(one => one.optional || given[one.name] !== undefined)
  return (
    <>
      <h1>{asked.title[lang]}</h1>
      <p class="lead">{asked.description[lang]}</p>
      <Form key={JSON.stringify(place)} graph={graph} place={place} asked={asked} />
      {isAsked ? <Answered graph={graph} asked={asked} given={given} asOf={asOf ?? null} like={like} /> : null}
    </>
  )
}

function Form({ graph, place, asked }: PageProps & { readonly asked: QuestionData }) {
  const lang = useLang()
  const [values, set] = useState(place.query)
  const link = useLink()
  const submit = (event: Event) => {
    event.preventDefault()
    const given = Object.entries(values).filter(([, value]) => value.trim())
    go(at(place, ['ask', asked.name], Object.fromEntries(given)))
  }
  const change = (name: string, value: string) => set(known => ({ ...known, [name]: value }))
  const field = (name: string, title: string, hint: string, suggest: (text: string) => Promise<readonly Choice[]> | readonly Choice[], needed = false) => (
    <Finder
      key={name} name={name} title={title} value={values[name] ?? ''} hint={hint} needed={needed} suggest={suggest}
      onInput={text => change(name, text)} onChoose={choice => change(name, choice.value)}
    />
  )
  const hasDay = asked.parameters.some(one => one.name === 'on')
  const isFirst = (name: string, needed: boolean) => needed || place.query[name] !== undefined || name in asked.example
  const fields = asked.parameters.map(one => ({
    isFirst: isFirst(one.name, !one.optional),
    field: field(one.name, one.about[lang], hintOf(one, asked), text => choicesOf(graph, one, text, lang), !one.optional),
  }))
  if (!hasDay) {
    const day = field(AS_OF, say(lang, marked('only what held on this day')), 'YYYY-MM-DD', () => [])
    fields.push({ isFirst: isFirst(AS_OF, false), field: day })
  }
  const more = fields.filter(one => !one.isFirst)
  return (
    <form class="asking" onSubmit={submit}>
      {fields.filter(one => one.isFirst).map(one => one.field)}
      {more.length ? (
        <details>
          <summary>{say(lang, marked('More conditions'))} ({more.length})</summary>
          <div>{more.map(one => one.field)}</div>
        </details>
      ) : null}
      <p>
        <button type="submit">{say(lang, marked('Ask'))}</button>{' '}
        <a href={link(['ask', asked.name], asked.example)}>{say(lang, marked('Example'))}</a>
      </p>
    </form>
  )
}

function hintOf(parameter: ParameterData, asked: QuestionData): string {
  const kind = datatypeOf(parameter)
  return asked.example[parameter.name] ?? (kind === `${XSD}boolean` ? 'true' : kind === `${XSD}date` ? 'YYYY-MM-DD' : '')
}

interface AnsweredProps {
  readonly graph: PageProps['graph']
  readonly asked: QuestionData
  readonly given: Readonly<Record<string, string>>
  readonly asOf: string | null
  readonly like: string
}

function Answered({ graph, asked, given, asOf, like }: AnsweredProps) {
  const lang = useLang()
  const name = JSON.stringify([asked.name, given, asOf, like, lang])
  const later = useLater(name, async () => {
    const answer = await ask(graph, asked.name, given, { lang, asOf })
    return like ? new Asker(graph, lang).narrowed(answer, like) : answer
  })
  return (
    <section class="answer" aria-live="polite" aria-busy={later.state === 'waiting'}>
      {later.state === 'waiting' ? <p class="wait">{say(lang, marked('Looking …'))}</p> : null}
      {later.state === 'failed' ? <Failure error={later.error} /> : null}
      {later.state === 'done' ? <Told graph={graph} answer={later.value} /> : null}
    </section>
  )
}

function Told({ graph, answer }: { readonly graph: PageProps['graph']; readonly answer: Answer }) {
  const lang = useLang()
  const given = Object.entries(answer.parameters).map(([name, value]) => `${inWords('parameter', name, lang)}: ${textOf(value)}`)
  return (
    <>
      {given.length || answer.asOf ? <p class="given">{[...given, ...(answer.asOf ? [answer.asOf] : [])].join(' · ')}</p> : null}
      {Object.entries(answer.groups).map(([name, one]) => <p key={name}>{standing(textOf(answer.parameters[name]), one).in(lang)}</p>)}
      <Without graph={graph} question={answer.question} />
      <Picture graph={graph} answer={answer} name={answer.chart} />
      <Table answer={answer} />
      {answer.leftOut ? <p>{say(lang, marked('Undated records left out: {number}.'), { number: answer.leftOut })}</p> : null}
      {answer.hints.length ? <ul class="hints">{answer.hints.map(hint => <li key={hint.english}>{hint.in(lang)}</li>)}</ul> : null}
      {answer.rows.length ? <Exports graph={graph} answer={answer} /> : null}
      <details>
        <summary>{say(lang, marked('How computed'))}</summary>
        <pre><code>{answer.query}</code></pre>
      </details>
    </>
  )
}

/** Returns what a group of countries stood for, in words. */
function standing(name: string, { countries, listed, isAlone }: Stood) {
  const message = isAlone
    ? marked('{name}: itself alone; level=all asks its {listed} countries too.')
    : !listed
      ? marked('{name}: itself alone; no source states its countries.')
      : !countries
        ? marked('{name}: itself alone; nothing shows any of its {listed} countries as a member then.')
        : countries < listed
          ? marked('{name}: with {countries} of the {listed} countries listed, and their bodies.')
          : marked('{name}: with its {countries} countries and their bodies.')
  return phrase(message, { name, countries, listed })
}
