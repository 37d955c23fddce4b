// How a number changed, a small picture for each that is known for several days: after queries/charts/lines.vl.json.

import { marked } from '../locale/locale'
import { textOf } from '../model/cells'
import type { Answer, Row } from '../model/results'
import { say } from '../shell/context'
import { type Drawn, firstOf, paint } from './Figure'
import { columnsOf, numberOf, timeOf, toldTime, yearsOf } from './parts'

/** Columns that say together what a number counts, apart from its day. */
const SERIES = ['of', 'measure', 'unit', 'scope']
const NAMED = ['of', 'measure', 'scope']
const [WIDE, TALL, SIDE, ABOVE, BELOW] = [300, 84, 24, 18, 20]

/** Returns the rows whose number is known for several days, and for each of them once, by what they count. */
export function seriesOf(answer: Answer): Map<string, Row[]> {
  const { number } = columnsOf(answer)
  const found = new Map<string, Row[]>()
  if (!number || !SERIES.slice(0, 3).every(name => answer.columns.includes(name))) return found
  for (const row of answer.rows) {
    if (!textOf(row.cells[number]) || !timeOf(row)) continue
    const key = JSON.stringify(SERIES.map(name => textOf(row.cells[name])))
    found.set(key, [...(found.get(key) ?? []), row])
  }
  const isSeveral = (rows: readonly Row[]) => rows.length > 1 && new Set(rows.map(toldTime)).size === rows.length
  return new Map([...found].filter(([, rows]) => isSeveral(rows)))
}

export function Series({ answer, groups, lang }: Drawn) {
  const { number } = columnsOf(answer)
  const every = [...seriesOf(answer).values()].sort((a, b) => b.length - a.length)
  const shown = every.slice(0, groups)
  const drawn = every.reduce((all, rows) => all + rows.length, 0)
  const years = shown.flat().map(row => yearsOf(row)[0] as number)
  const [low, high] = [Math.min(...years), Math.max(...years)]
  const x = (year: number) => SIDE + ((year - low) / Math.max(high - low, 1)) * (WIDE - 2 * SIDE)
  const notes = drawn < answer.rows.length ? [say(lang, marked('{drawn} of {all} rows are drawn; the others have one number only.'), { drawn, all: answer.rows.length })] : []
  if (shown.length < every.length) notes.push(firstOf(shown.length, every.length, lang))
  return (
    <figure class="picture">
      <ul class="serieses">
        {shown.map((rows, at) => {
          const title = NAMED.map(name => textOf((rows[0] as Row).cells[name])).filter(Boolean).join(' · ')
          const points = rows.map(row => ({ year: yearsOf(row)[0] as number, value: numberOf(row.cells[number]), when: toldTime(row) })).sort((a, b) => a.year - b.year || (a.when < b.when ? -1 : 1))
          const most = Math.max(...points.map(one => one.value), 1)
          const y = (value: number) => ABOVE + TALL - (value / most) * TALL
          return (
            <li key={at}>
              <p>{title}</p>
              <svg viewBox={`0 0 ${WIDE} ${ABOVE + TALL + BELOW}`} width={WIDE} height={ABOVE + TALL + BELOW} role="img" aria-label={title}>
                <line class="grid" x1={0} x2={WIDE} y1={y(0)} y2={y(0)} />
                <polyline class="drawn-line" points={points.map(one => `${x(one.year)},${y(one.value)}`).join(' ')} />
                {points.map((one, n) => (
                  <g key={n}>
                    <title>{`${title}, ${one.when}: ${one.value}`}</title>
                    <circle cx={x(one.year)} cy={y(one.value)} r={3.5} style={paint('blue')} />
                    {isRoomy(points.map(p => x(p.year)), n) ? <text class="small" x={x(one.year)} y={y(one.value) - 7} text-anchor="middle">{one.value.toLocaleString('en')}</text> : null}
                  </g>
                ))}
                {[...new Set([low, high])].map(year => <text key={year} class="quiet" x={x(year)} y={ABOVE + TALL + 15} text-anchor="middle">{year}</text>)}
              </svg>
            </li>
          )
        })}
      </ul>
      {notes.length ? <figcaption>{notes.join(' ')}</figcaption> : null}
    </figure>
  )
}

/** Tells whether a number has room above its point: the first and last do, and those that are not too near to the one before. */
function isRoomy(places: readonly number[], at: number): boolean {
  const [here, before] = [places[at] as number, places[at - 1]]
  return before === undefined || here - before > 26 || at === places.length - 1
}
