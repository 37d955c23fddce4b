// Free SPARQL: the field with its completion, limits and a button that stops, the answer, examples, what was asked before.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Editor, Mark } from '../editor/editor'
import { question } from '../graph/questions'
import { marked } from '../locale/locale'
import { type Limits, type Outcome, query } from '../services/query'
import { asked, forget, note } from '../shell/asked'
import { go, type PageProps, say, useLang, useTitle } from '../shell/context'
import { EditorField } from '../shell/Editor'
import { at, type Place } from '../shell/router'
import { Without } from '../shell/Without'
import { Earlier, Examples } from './query/Examples'
import { Result } from './query/Result'

const USUAL: Limits = { seconds: 60, limit: 1000 }
const MOST: Limits = { seconds: 3600, limit: 100_000 }
const FIRST = 'SELECT ?commission {\n  ?commission a stdg:JointCommission\n}\nORDER BY ?commission'

type Run = { readonly state: 'none' } | { readonly state: 'running' } | { readonly state: 'done'; readonly text: string; readonly outcome: Outcome }

export function Query({ graph, place }: PageProps) {
  const lang = useLang()
  const wanted = wantedOf(graph, place)
  const given = limitsOf(place)
  const [limits, limit] = useState(given)
  const [run, set] = useState<Run>({ state: 'none' })
  const [turn, again] = useState(0)
  const [isEdited, edit] = useState(false)
  const [earlier, remember] = useState(asked)
  const field = useRef<Editor | null>(null)
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (wanted === null) return set({ state: 'none' })
    limit(given)
    edit(false)
    set({ state: 'running' })
    let isWanted = true
    const settle = (outcome: Outcome) => {
      if (!isWanted) return
      isWanted = false
      set({ state: 'done', text: wanted, outcome })
      if (outcome.kind !== 'fault') remember(note(wanted))
    }
    void query(graph, wanted, given, lang).then(settle)
    return () => {
      if (isWanted) graph.engine.stop()
      isWanted = false
    }
  }, [wanted, given.limit, given.seconds, turn, lang])

  const ask = (text: string) => {
    const told = { query: text, ...(limits.seconds === USUAL.seconds ? {} : { seconds: String(limits.seconds) }), ...(limits.limit === USUAL.limit ? {} : { limit: String(limits.limit) }) }
    const next = at(place, ['query'], told)
    if (JSON.stringify(next.query) === JSON.stringify(place.query)) again(turn + 1)
    else go(next, { isStaying: true })
  }
  useTitle(say(lang, marked('Ask in SPARQL')))
  const marks = useMemo(() => (isEdited ? [] : marksOf(run, lang)), [run, isEdited, lang])
  return (
    <>
      <h1>{say(lang, marked('Ask in SPARQL'))}</h1>
      <Without graph={graph} />
      <p class="lead">
        {say(lang, marked('Any query that reads, on the whole graph. Prefixes need no declaration, <country/CN> is an id of the graph, and a name that you type is completed to its id: BSI becomes <org/gb-bsi>.'))}
      </p>
      <EditorField
        graph={graph} text={wanted ?? FIRST} marks={marks} onRun={ask} onEdit={() => edit(true)}
        onLeave={() => button.current?.focus()} onReady={editor => (field.current = editor)}
      />
      <form
        class="limits"
        onSubmit={event => {
          event.preventDefault()
          if (run.state === 'running') graph.engine.stop()
          else ask(field.current?.text() ?? '')
        }}
      >
        <button ref={button} type="submit">{say(lang, run.state === 'running' ? marked('Stop') : marked('Run'))}</button>
        <Limit title={marked('Seconds at most')} value={limits.seconds} most={MOST.seconds} onChange={seconds => limit({ ...limits, seconds })} />
        <Limit title={marked('Rows at most')} value={limits.limit} most={MOST.limit} onChange={rows => limit({ ...limits, limit: rows })} />
        <small>{say(lang, marked('Ctrl+Enter runs, Escape leaves the field, Ctrl+Space completes.'))}</small>
      </form>
      <section class="answer" aria-live="polite" aria-busy={run.state === 'running'}>
        {run.state === 'running' ? <p class="wait">{say(lang, marked('Looking …'))}</p> : null}
        {run.state === 'done' ? <Result text={run.text} outcome={run.outcome} limit={given.limit} onPlace={spot => field.current?.show(spot)} /> : null}
      </section>
      <Examples graph={graph} />
      <Earlier queries={earlier} onForget={() => (forget(), remember([]))} />
    </>
  )
}

interface LimitProps {
  readonly title: string
  readonly value: number
  readonly most: number
  readonly onChange: (value: number) => void
}

function Limit({ title, value, most, onChange }: LimitProps) {
  const lang = useLang()
  return (
    <label>
      {say(lang, title)}
      <input type="number" min={1} max={most} required value={value} onChange={event => onChange(within(event.currentTarget.value, value, most))} />
    </label>
  )
}

function within(text: string | undefined, usual: number, most: number): number {
  const number = Math.trunc(Number(text))
  return number >= 1 ? Math.min(number, most) : usual
}

/** Returns the query that an address means, null where it names none. */
function wantedOf(graph: PageProps['graph'], { query: told }: Place): string | null {
  if (told['query'] !== undefined) return told['query']
  if (told['question'] !== undefined) return question(graph.app, told['question']).query
  return graph.app.examples.find(one => one.name === told['example'])?.query ?? null
}

function limitsOf({ query: told }: Place): Limits {
  return { seconds: within(told['seconds'], USUAL.seconds, MOST.seconds), limit: within(told['limit'], USUAL.limit, MOST.limit) }
}

/** Returns what is underlined in the text of what was asked. */
function marksOf(run: Run, lang: PageProps['place']['lang']): Mark[] {
  if (run.state !== 'done') return []
  const { outcome } = run
  if (outcome.kind !== 'fault') return outcome.hints.map(hint => ({ at: hint.at, about: hint.told.in(lang), isFault: false }))
  return outcome.at === null ? [] : [{ at: outcome.at, about: outcome.told.in(lang), isFault: true }]
}
