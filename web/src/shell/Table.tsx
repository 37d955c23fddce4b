// The table of an answer: what the page is asked for, rows that sort, numbered notes with document and place under it.

import { useId, useMemo, useState } from 'preact/hooks'
import { headOf } from './heads'
import { inWords, type Lang, located, marked } from '../locale/locale'
import { ordered } from '../model/arranging'
import { type Cell, Entity, Numeral, type Scalar, several, Term, textOf } from '../model/cells'
import { holding } from '../model/holding'
import type { Answer, Row } from '../model/results'
import { BASE, short } from '../model/vocabulary'
import { say, useLang, useLink } from './context'
import { Notes } from './notes'
import { pathOf } from './router'

/** So many places are shown at once. */
const FEW = 8
/** A date, or two of them with a slash between, which are not broken into lines. */
const DATE = /^[0-9]{3}[0-9X](-[0-9]{2}){0,2}[~?%]?(\/[0-9]{4}(-[0-9]{2}){0,2}[~?%]?)?$/

interface Props {
  readonly answer: Answer
  /** Rows and columns that are shown; all by default. */
  readonly most?: number
  readonly shown?: readonly string[]
}

/** Shows an answer; columns without a value are left out. */
export function Table({ answer, most, shown = answer.columns }: Props) {
  const lang = useLang()
  const [sort, setSort] = useState('')
  const id = useId()
  const [words, setWords] = useState('')
  const kept = useMemo(() => holding(answer.rows, words), [answer, words])
  const all = useMemo(() => (sort ? ordered(kept, [sort], lang) : kept), [kept, sort, lang])
  const rows = useMemo(() => all.slice(0, most), [all, most])
  const notes = useMemo(() => new Notes(rows.flatMap(row => row.sources)), [rows])
  const columns = shown.filter(name => answer.rows.some(row => textOf(row.cells[name])))
  const isSourced = notes.all.length > 0
  if (!answer.rows.length) return <p>{say(lang, marked('Nothing found.'))}</p>
  return (
    <>
      {answer.rows.length > FEW ? (
        <label class="filter">
          {say(lang, marked('Only rows with these words'))}
          <input type="search" value={words} onInput={event => setWords(event.currentTarget.value)} />
        </label>
      ) : null}
      <div class="wide" tabIndex={0} role="region" aria-label={answer.title}>
        <table>
          <thead>
            <tr>
              {columns.map(name => (
                <Head key={name} title={headOf(name, answer.titles, lang)} about={answer.titles[name]} name={name} sort={sort} onSort={setSort} />
              ))}
              {isSourced ? <th scope="col">{inWords('heading', 'source', lang)}</th> : null}
            </tr>
          </thead>
          <tbody>{rows.map((row, at) => <Line key={at} id={id} row={row} columns={columns} titles={answer.titles} notes={notes} />)}</tbody>
        </table>
      </div>
      <p class="count">{most !== undefined && most < all.length ? say(lang, marked('{shown} of {rows} rows'), { shown: rows.length, rows: all.length }) : say(lang, rows.length === 1 ? marked('{rows} row') : marked('{rows} rows'), { rows: rows.length })}</p>
      {isSourced ? <Places id={id} notes={notes} lang={lang} /> : null}
    </>
  )
}

interface HeadProps {
  readonly title: string
  readonly about: string | undefined
  readonly name: string
  readonly sort: string
  readonly onSort: (sort: string) => void
}

function Head({ title, about, name, sort, onSort }: HeadProps) {
  const way = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined
  const next = way === undefined ? name : way === 'ascending' ? `-${name}` : ''
  return (
    <th scope="col" aria-sort={way}>
      <button type="button" title={about === title ? undefined : about} onClick={() => onSort(next)}>
        {title}
        <span aria-hidden="true">{way === 'ascending' ? ' ▲' : way === 'descending' ? ' ▼' : ''}</span>
      </button>
    </th>
  )
}

interface LineProps {
  readonly id: string
  readonly row: Row
  readonly columns: readonly string[]
  readonly titles: Answer['titles']
  readonly notes: Notes
}

function Line({ id, row, columns, titles, notes }: LineProps) {
  const lang = useLang()
  return (
    <tr>
      {columns.map(name => (
        <td key={name} data-title={headOf(name, titles, lang)}><Values cell={row.cells[name] ?? null} column={name} lang={lang} /></td>
      ))}
      {notes.all.length ? (
        <td class="notes" data-title={inWords('heading', 'source', lang)}>
          {notes.of(row.sources).map(number => (
            <a key={number} href={`#${id}-${number}`} onClick={event => toNote(event, `${id}-${number}`)}>[{number}]</a>
          ))}
        </td>
      ) : null}
    </tr>
  )
}

/** A number leads to its note without leaving the place. */
function toNote(event: Event, id: string): void {
  event.preventDefault()
  const note = document.getElementById(id)
  note?.closest('details')?.setAttribute('open', '')
  note?.scrollIntoView({ block: 'center' })
  note?.focus({ preventScroll: true })
}

function Values({ cell, column, lang }: { readonly cell: Cell; readonly column: string; readonly lang: Lang }) {
  const values = several(cell).filter(value => value !== null)
  return (
    <>
      {values.map((value, at) => (
        <span key={at} title={value instanceof Entity ? short(value.iri) : undefined} class={classOf(value)}>
          <Value value={value} column={column} lang={lang} />
          {at < values.length - 1 ? '; ' : ''}
        </span>
      ))}
    </>
  )
}

/** A thing leads to its page; a code is said in words. */
function Value({ value, column, lang }: { readonly value: Scalar; readonly column: string; readonly lang: Lang }) {
  const link = useLink()
  if (value instanceof Entity && value.iri.startsWith(BASE)) return <a href={link(pathOf([value.iri]))}>{value.label}</a>
  if (value instanceof Entity || value instanceof Term) return <>{value.label}</>
  return <>{inWords(`cell.${column}`, textOf(value), lang)}</>
}

function classOf(value: Scalar): string | undefined {
  if (typeof value === 'number' || value instanceof Numeral || (typeof value === 'string' && DATE.test(value))) return 'number'
  return value instanceof Entity && value.iri.startsWith(BASE) ? 'thing' : undefined
}

function Places({ id, notes, lang }: { readonly id: string; readonly notes: Notes; readonly lang: Lang }) {
  const link = useLink()
  return (
    <details class="places" open={notes.all.length <= FEW}>
      <summary>{say(lang, marked('Sources'))} ({notes.all.length})</summary>
      <ol>
        {notes.all.map(({ number, source }) => (
          <li key={number} id={`${id}-${number}`} tabIndex={-1}>
            <cite><a href={link(pathOf([source.source]))}>{source.title}</a></cite>
            {source.locator ? <span class="place">{lang === 'zh' ? '，' : ', '}{located(source.locator, lang)}</span> : null}
            {source.forms.length ? <q class="form">{source.forms.join(' · ')}</q> : null}
          </li>
        ))}
      </ol>
    </details>
  )
}
