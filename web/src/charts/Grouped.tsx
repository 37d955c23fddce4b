// For each thing a bar for each of its numbers, side by side: after queries/charts/grouped.vl.json.

import { textOf } from '../model/cells'
import { headOf } from '../shell/heads'
import { cut, type Drawn, Figure, firstOf, legend, paint, room } from './Figure'
import { coloured, columnsOf, type Kind, nameOf, numberOf } from './parts'

const STEP = 13
const GAP = 8

export function Grouped({ answer, most, lang, palette }: Drawn) {
  const { thing, numbers } = columnsOf(answer)
  const rows = answer.rows.filter(row => textOf(row.cells[thing]))
  const counted = numbers.flatMap(name => rows.map(row => ({ code: name, label: headOf(name, answer.titles, lang), count: numberOf(row.cells[name]) })))
  const kinds = coloured(counted, palette, '')
  const things = new Map<string, { readonly label: string; readonly bars: Map<string, number> }>()
  for (const row of rows) {
    const id = nameOf(row.cells[thing])
    const one = things.get(id) ?? { label: textOf(row.cells[thing]), bars: new Map<string, number>() }
    for (const name of numbers) if (textOf(row.cells[name])) one.bars.set(name, (one.bars.get(name) ?? 0) + numberOf(row.cells[name]))
    things.set(id, one)
  }
  const shown = [...things.values()].slice(0, most)
  const { left, right, halves } = room()
  const unit = right / Math.max(...shown.flatMap(one => [...one.bars.values()]), 1)
  const tall = numbers.length * STEP + GAP
  return (
    <Figure title={answer.title} width={left + right + 60} height={shown.length * tall} kinds={legend([...kinds.values()])} notes={shown.length < things.size ? [firstOf(shown.length, things.size, lang)] : []}>
      {shown.map((one, at) => (
        <g key={at}>
          <text x={left - 8} y={at * tall + (tall - GAP) / 2 + 5} text-anchor="end"><title>{one.label}</title>{cut(one.label, halves)}</text>
          {[...kinds.values()].map((kind: Kind, down) => {
            const value = one.bars.get(kind.code)
            if (value === undefined) return null
            const y = at * tall + down * STEP
            return (
              <g key={kind.code}>
                <title>{`${one.label}, ${kind.label}: ${value}`}</title>
                <rect x={left} y={y} width={value * unit} height={STEP - 1} style={paint(kind.colour)} />
                <text class="small" x={left + value * unit + 4} y={y + 10}>{value.toLocaleString('en')}</text>
              </g>
            )
          })}
        </g>
      ))}
    </Figure>
  )
}
