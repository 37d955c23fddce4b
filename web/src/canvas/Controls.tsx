// What of which view: the fields above the canvas.

import { useEffect, useState } from 'preact/hooks'
import type { Graph } from '../graph/reads'
import { type Lang, marked } from '../locale/locale'
import { CORRECTIONS } from '../networks/backbone'
import { LEVELS, SCOPES } from '../networks/choice'
import { COUNTS_PARTIES } from '../networks/chosen'
import { type NetworksData, says } from '../networks/data'
import { COLOURS, titleOf } from '../networks/looks'
import { fitting } from '../networks/measures'
import { kindOf, ties, yearsOf } from '../networks/ties'
import { say } from '../shell/context'
import { type Asked, layersOf, words } from './asked'
import { kindLabel } from './Looked'

/** Changes parts of the address; `isStep` is a step that is not worth undoing. */
export type Change = (parts: Readonly<Record<string, string>>, isStep?: boolean) => void

interface Props {
  readonly data: NetworksData
  readonly graph: Graph
  readonly asked: Asked
  readonly lang: Lang
  readonly onChange: Change
}

const LEVEL_WORDS: Readonly<Record<string, string>> = { all: marked('as recorded'), body: marked('without countries'), country: marked('rolled up to countries') }
const SCOPE_WORDS: Readonly<Record<string, string>> = { '': marked('all'), domestic: marked('within one country'), international: marked('across borders') }
const TEST_WORDS: Readonly<Record<string, string>> = {
  '': marked('all ties'), bonferroni: marked('backbone (Bonferroni)'), 'benjamini-hochberg': marked('backbone (Benjamini-Hochberg)'), none: marked('backbone (no correction)'),
}
const WEIGHTS: Readonly<Record<string, string>> = { '': marked('a record of many counts less (Newman)'), records: marked('each record counts 1') }

export function Controls(props: Props) {
  const { data, graph, asked, lang, onChange } = props
  const { choice, view } = asked
  const kinds = [...new Set(ties(data, view.query).map(kindOf))].sort()
  const layers = layersOf(data, view)
  const turn = (kind: string) => onChange({ kind: turned(choice.kinds, kind) })
  const select = (name: string, title: string, value: string, options: readonly (readonly [string, string])[]) => (
    <label key={name}>
      <span>{title}</span>
      <select name={name} value={value} onChange={event => onChange({ [name]: event.currentTarget.value })}>
        {options.map(([one, label]) => <option key={one} value={one}>{label}</option>)}
      </select>
    </label>
  )
  const said = (of: Readonly<Record<string, string>>, names: readonly string[]) => names.map(name => [name === 'all' || name === 'newman' ? '' : name, say(lang, of[name] ?? of[''] ?? name)] as const)
  const colours = [...COLOURS.filter(one => one !== 'side' || view.mode === 'two-mode'), ...fitting(view.mode)]
  return (
    <div class="controls">
      <label>
        <span>{say(lang, marked('View'))}</span>
        <select name="view" value={asked.name} onChange={event => onChange({ view: event.currentTarget.value, kind: '', 'only-pack': '', at: '', without: '', pin: '', bilateral: '', size: '', colour: '' })}>
          {Object.entries(data.views).map(([name, one]) => <option key={name} value={name}>{says(one, 'title', lang)}</option>)}
        </select>
      </label>
      {select('level', say(lang, marked('Level')), choice.level === 'all' ? '' : choice.level, said(LEVEL_WORDS, LEVELS))}
      {select('backbone', say(lang, marked('Ties')), asked.backbone, said(TEST_WORDS, ['', ...CORRECTIONS]))}
      {select('colour', say(lang, marked('Colour')), asked.colour, colours.map(one => [one, titleOf(one, lang)]))}
      {select('size', say(lang, marked('Size')), asked.size, fitting(view.mode).map(one => [one, titleOf(one, lang)]))}
      <Time {...props} />
      <details class="more" open={Boolean(choice.kinds.length || choice.scope || choice.weight === 'records' || choice.bilateral || choice.asOf || choice.packs.length) || undefined}>
        <summary>{say(lang, marked('Kinds of tie, and more'))}</summary>
        <div>
          {COUNTS_PARTIES.includes(asked.name) ? check('bilateral', say(lang, marked('only records of two')), choice.bilateral, onChange) : null}
          {view.mode === 'two-mode' ? null : select('scope', say(lang, marked('Borders')), choice.scope, said(SCOPE_WORDS, SCOPES))}
          {select('weight', say(lang, marked('Weight')), choice.weight === 'records' ? 'records' : '', said(WEIGHTS, ['', 'records']))}
          <label>
            <span>{say(lang, marked('only what held on this day'))}</span>
            <input name="as_of" defaultValue={choice.asOf} key={choice.asOf} placeholder="YYYY-MM-DD" pattern="[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" onChange={event => onChange({ as_of: event.currentTarget.validity.valid ? event.currentTarget.value.trim() : choice.asOf })} />
          </label>
          {choice.asOf && !choice.since && !choice.until ? check('undated', say(lang, marked('with those without a date')), choice.undated, onChange) : null}
          {layers.length > 1 ? (
            <fieldset>
              <legend>{say(lang, marked('Only of'))}</legend>
              {layers.map(layer => (
                <label key={layer} class="check">
                  <input type="checkbox" name={`only-${layer}`} checked={choice.packs.includes(layer)} onChange={() => onChange({ 'only-pack': turned(choice.packs, layer) })} /> {layer === 'documents' ? say(lang, marked('documents')) : layer}
                </label>
              ))}
            </fieldset>
          ) : null}
          <fieldset>
            <legend>{say(lang, marked('Kinds of tie'))}</legend>
            {kinds.map(kind => (
              <label key={kind} class="check">
                <input type="checkbox" checked={choice.kinds.includes(kind)} onChange={() => turn(kind)} /> {kindLabel(graph, kind, lang)}
              </label>
            ))}
          </fieldset>
        </div>
      </details>
    </div>
  )
}

/** Returns an address' list with one thing more, or without it where it is there. */
function turned(list: readonly string[], one: string): string {
  return (list.includes(one) ? list.filter(other => other !== one) : [...list, one]).join(' ')
}

function check(name: string, title: string, isOn: boolean, onChange: Change) {
  return (
    <label key={name} class="check">
      <input type="checkbox" name={name} checked={isOn} onChange={event => onChange({ [name]: event.currentTarget.checked ? '1' : '' })} /> {title}
    </label>
  )
}

/** Milliseconds that a year is shown. */
const BEAT = 900

/** The slider of years, which plays. */
function Time({ data, asked, lang, onChange }: Props) {
  const { choice, view } = asked
  const every = ties(data, view.query).flatMap(tie => yearsOf(tie) ?? [])
  const [first, last] = [Math.min(...every), Math.max(...every)]
  const way = !choice.since && !choice.until ? '' : choice.since ? 'in' : 'upto'
  const year = Number((choice.until || choice.since).slice(0, 4)) || last
  const [isPlaying, play] = useState(false)
  const set = (to: string, when: number, isStep = false) => onChange(to ? { from: to === 'in' ? String(when) : '', to: String(when) } : { from: '', to: '', undated: '' }, isStep)
  useEffect(() => {
    if (!isPlaying) return
    const timer = setTimeout(() => (year < last ? set(way || 'in', year + 1, true) : play(false)), BEAT)
    return () => clearTimeout(timer)
  }, [isPlaying, year])
  if (first >= last && !way) return <p class="hint">{every.length ? say(lang, marked('All that has a date is of {year}.'), { year: first }) : say(lang, marked('No tie of this view has a date.'))}</p>
  if (!every.length) return <p class="hint">{say(lang, marked('No tie of this view has a date.'))}</p>
  const begin = () => {
    if (!isPlaying) set(way || 'in', way && year < last ? year : first, false)
    play(!isPlaying)
  }
  return (
    <fieldset class="time">
      <legend>{say(lang, marked('Time'))}</legend>
      <select aria-label={say(lang, marked('Time'))} name="time" value={way} onChange={event => set(event.currentTarget.value, year)}>
        <option value="">{say(lang, marked('all times'))}</option>
        <option value="in">{say(lang, marked('in one year'))}</option>
        <option value="upto">{say(lang, marked('up to a year'))}</option>
      </select>
      <input type="range" name="year" aria-label={say(lang, marked('Year'))} min={first} max={last} value={year} onInput={event => set(way || 'in', Number(event.currentTarget.value), true)} />
      <output>{way ? year : `${first}–${last}`}</output>
      <button type="button" class="plain" aria-pressed={isPlaying} onClick={begin}>{isPlaying ? say(lang, marked('Stop')) : say(lang, marked('Play'))}</button>
      {way ? check('undated', say(lang, marked('with those without a date')), choice.undated, onChange) : null}
    </fieldset>
  )
}

/** Returns an address' list with one thing more. */
export function withOne(list: readonly string[], id: string): string {
  return words([...list, id].join(' ')).join(' ')
}
