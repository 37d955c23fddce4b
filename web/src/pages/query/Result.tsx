// What a query gave: a table, truth, Turtle; or what is wrong with it, at its place.

import type { Solution } from '../../engine/engine'
import { marked } from '../../locale/locale'
import { csvOf } from '../../model/csv'
import type { Hint } from '../../services/hints'
import type { Outcome } from '../../services/query'
import { say, useLang } from '../../shell/context'
import { save } from '../../shell/save'
import { Table } from '../../shell/Table'
import { place } from '../../storage/tokens'

interface Props {
  readonly text: string
  readonly outcome: Outcome
  readonly limit: number
  readonly onPlace: (at: number) => void
}

export function Result({ text, outcome, limit, onPlace }: Props) {
  const lang = useLang()
  if (outcome.kind === 'fault') {
    return (
      <div class="failure" role="alert">
        <p>{outcome.at === null ? null : <Spot text={text} at={outcome.at} onPlace={onPlace} />}{outcome.told.in(lang)}</p>
      </div>
    )
  }
  return (
    <>
      <Hints text={text} hints={outcome.hints} onPlace={onPlace} />
      <Found outcome={outcome} />
      {outcome.kind !== 'truth' && outcome.cut ? <p class="count">{say(lang, marked('Only the first {number} were read.'), { number: limit })}</p> : null}
    </>
  )
}

/** Line and column, which lead there. */
function Spot({ text, at, onPlace }: { readonly text: string; readonly at: number; readonly onPlace: (at: number) => void }) {
  const lang = useLang()
  const [line, column] = place(text, at)
  return (
    <button type="button" class="spot" title={say(lang, marked('To this place'))} onClick={() => onPlace(at)}>{line}:{column}</button>
  )
}

function Hints({ text, hints, onPlace }: { readonly text: string; readonly hints: readonly Hint[]; readonly onPlace: (at: number) => void }) {
  const lang = useLang()
  if (!hints.length) return null
  return (
    <ul class="told">
      {hints.map((hint, number) => <li key={number}><Spot text={text} at={hint.at} onPlace={onPlace} />{hint.told.in(lang)}</li>)}
    </ul>
  )
}

function Found({ outcome }: { readonly outcome: Exclude<Outcome, { readonly kind: 'fault' }> }) {
  const lang = useLang()
  if (outcome.kind === 'truth') {
    return (
      <>
        <p class="truth">{say(lang, outcome.value ? marked('Yes: it is so.') : marked('No: nothing in the graph fits.'))}</p>
        <Saves files={[['query.srj', 'SPARQL JSON', () => `{"head":{},"boolean":${outcome.value}}\n`, 'application/sparql-results+json']]} />
      </>
    )
  }
  if (outcome.kind === 'triples') {
    if (!outcome.number) return <p>{say(lang, marked('Nothing found.'))}</p>
    return (
      <>
        <p class="count">{say(lang, outcome.number === 1 ? marked('{number} triple') : marked('{number} triples'), { number: outcome.number })}</p>
        <pre tabIndex={0} class="turtle"><code>{outcome.text}</code></pre>
        <Saves files={[['query.ttl', 'Turtle', () => outcome.text, 'text/turtle']]} />
      </>
    )
  }
  const { answer, columns, rows } = outcome
  return (
    <>
      <Table answer={answer} />
      {rows.length ? (
        <Saves
          files={[
            ['query.csv', 'CSV', () => csvOf(columns, answer.rows), 'text/csv'],
            ['query.srj', 'SPARQL JSON', () => resultsOf(columns, rows), 'application/sparql-results+json'],
          ]}
        />
      ) : null}
    </>
  )
}

/** Returns rows as SPARQL 1.1 results in JSON. */
function resultsOf(columns: readonly string[], rows: readonly Solution[]): string {
  return `${JSON.stringify({ head: { vars: columns }, results: { bindings: rows } })}\n`
}

type File = readonly [name: string, form: string, text: () => string, type: string]

function Saves({ files }: { readonly files: readonly File[] }) {
  const lang = useLang()
  return (
    <p class="deeds">
      {files.map(([name, form, text, type]) => (
        <button key={name} type="button" class="plain" onClick={() => save(name, text(), type)}>{say(lang, marked('Save as {form}'), { form })}</button>
      ))}
    </p>
  )
}
