// What ties each thing to each other one, or to what it is there: after queries/charts/matrix.vl.json.

import { marked } from '../locale/locale'
import { textOf } from '../model/cells'
import type { Row } from '../model/results'
import { say } from '../shell/context'
import { cut, type Drawn, Figure, firstOf, paint, room } from './Figure'
import { bandsOf, columnsOf, nameOf, numberOf } from './parts'

const WIDE = 30
const TALL = 24
/** Halves of a Chinese character in a label above, where it has one line, and their width. */
const ABOVE = 44
const HALF = 7
/** From this shade on, what is written on it has the colour of paper. */
const DARK = 3

interface Side {
  readonly label: string
  sum: number
}

export function Matrix({ answer, most, lang, palette }: Drawn) {
  const { thing, other, number } = columnsOf(answer)
  const value = (row: Row) => (number && textOf(row.cells[number]) ? numberOf(row.cells[number]) : 1)
  const filled = answer.rows.filter(row => textOf(row.cells[thing]) && textOf(row.cells[other]))
  const every = sides(filled, thing, value, [])
  const downs = every.slice(0, most)
  const rows = among(filled, thing, downs)
  const aside = sides(rows, other, value, every)
  const acrosses = aside.slice(0, most)
  const cells = new Map<string, { thing: string; other: string; value: number }>()
  for (const row of among(rows, other, acrosses)) {
    const ends = { thing: nameOf(row.cells[thing]), other: nameOf(row.cells[other]) }
    const key = JSON.stringify(ends)
    cells.set(key, { ...ends, value: (cells.get(key)?.value ?? 0) + value(row) })
  }
  const bands = bandsOf([...cells.values()].map(one => one.value), palette.ramp.length)
  const place = (found: readonly (readonly [string, Side])[]) => new Map(found.map(([id], at) => [id, at]))
  const [down, across] = [place(downs), place(acrosses)]
  const { left, halves } = room()
  const longest = Math.max(...acrosses.map(([, one]) => [...cut(one.label, ABOVE)].reduce((all, sign) => all + (sign > '\u2e7f' ? 2 : 1), 0)))
  const top = 12 + longest * HALF * Math.sin(Math.PI / 3)
  const beside = 20 + longest * HALF * Math.cos(Math.PI / 3)
  const notes = [[downs.length, every.length], [acrosses.length, aside.length]].filter(([drawn, all]) => drawn !== all).map(([drawn, all]) => firstOf(drawn as number, all as number, lang))
  if (filled.length < answer.rows.length) notes.push(say(lang, marked('{drawn} of {all} rows are drawn; the others leave one side empty.'), { drawn: filled.length, all: answer.rows.length }))
  const kinds = bands.map(one => ({ code: one.label, label: one.label, colour: `ramp${one.shade}` }))
  return (
    <Figure title={answer.title} width={left + acrosses.length * WIDE + beside} height={top + downs.length * TALL + 2} kinds={kinds} notes={[...new Set(notes)]}>
      {acrosses.map(([id, one], at) => (
        <text key={id} transform={`translate(${left + at * WIDE + WIDE / 2 + 4} ${top - 6}) rotate(-60)`}><title>{one.label}</title>{cut(one.label, ABOVE)}</text>
      ))}
      {downs.map(([id, one], at) => (
        <text key={id} x={left - 8} y={top + at * TALL + 16} text-anchor="end"><title>{one.label}</title>{cut(one.label, halves)}</text>
      ))}
      {[...cells.values()].map(one => {
        const [x, y] = [left + (across.get(one.other) as number) * WIDE, top + (down.get(one.thing) as number) * TALL]
        const shade = bands.find(band => band.low <= one.value && one.value <= band.high)?.shade ?? 0
        return (
          <g key={`${x} ${y}`}>
            <title>{`${downs[down.get(one.thing) as number]?.[1].label} – ${acrosses[across.get(one.other) as number]?.[1].label}: ${one.value}`}</title>
            <rect x={x + 0.5} y={y + 0.5} width={WIDE - 1} height={TALL - 1} style={paint(`ramp${shade}`)} />
            <text class={shade >= DARK ? 'on-dark' : undefined} x={x + WIDE / 2} y={y + 16} text-anchor="middle">{one.value.toLocaleString('en')}</text>
          </g>
        )
      })}
    </Figure>
  )
}

function among(rows: readonly Row[], column: string, kept: readonly (readonly [string, Side])[]): Row[] {
  const ids = new Set(kept.map(([id]) => id))
  return rows.filter(row => ids.has(nameOf(row.cells[column])))
}

/** Returns what a column names, in the order of what is named already, the others by what they add up to. */
function sides(rows: readonly Row[], column: string, value: (row: Row) => number, known: readonly (readonly [string, Side])[]): [string, Side][] {
  const found = new Map<string, Side>()
  for (const row of rows) {
    const id = nameOf(row.cells[column])
    const one = found.get(id) ?? { label: textOf(row.cells[column]), sum: 0 }
    one.sum += value(row)
    found.set(id, one)
  }
  const places = new Map(known.map(([id], at) => [id, at]))
  const place = (id: string) => places.get(id) ?? known.length
  return [...found].sort(([a, one], [b, two]) => place(a) - place(b) || two.sum - one.sum)
}
