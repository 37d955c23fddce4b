// The picture of an answer, as SVG: which chart that is, what it needs and how many it draws stand in queries/charts/.
// Everything that it shows stands in the table below it, too.

import type { ComponentChildren } from 'preact'
import type { Graph } from '../graph/reads'
import { countries } from '../graph/countries'
import { type Lang, marked } from '../locale/locale'
import { Entity, several, textOf } from '../model/cells'
import { LAST } from '../model/dates'
import type { Answer, Row } from '../model/results'
import { say, useLang } from '../shell/context'
import { useLater } from '../shell/later'
import { cut, type Drawn, Figure, firstOf, legend, NARROW, paint, room } from './Figure'
import { Grouped } from './Grouped'
import { Matrix } from './Matrix'
import { bandsOf, coloured, columnsOf, isMoment, type Kind, kindOf, metaOf, nameOf, numberOf, type Palette, timeOf, toldTime, yearsOf } from './parts'
import { Series, seriesOf } from './Series'
import { HEIGHT, outlines, WIDTH } from './world'

interface Props {
  readonly graph: Graph
  readonly answer: Answer
  readonly name: string
}

const CHARTS: Readonly<Record<string, (props: Drawn) => ComponentChildren>> = { bars: Bars, kinds: Kinds, years: Years, timeline: Timeline, map: World, matrix: Matrix, grouped: Grouped, lines: Series }
const STEP = 24
/** So many are drawn where a chart does not say how many. */
const MOST = 1000

/** Tells whether an answer has a picture that a page draws. */
export function isDrawn(answer: Answer, name: string): boolean {
  if (!(name in CHARTS) || answer.rows.length < 2) return false
  if (name === 'bars') return columnsOf(answer).number !== ''
  if (name === 'kinds') return columnsOf(answer).kind !== ''
  if (name === 'matrix') return columnsOf(answer).other !== ''
  if (name === 'grouped') return columnsOf(answer).numbers.length > 1
  if (name === 'lines') return seriesOf(answer).size > 0
  if (name === 'years') return new Set(answer.rows.flatMap(yearsOf)).size > 1
  return name !== 'timeline' || answer.rows.filter(timeOf).length > 1
}

/** Shows the picture of an answer; nothing where it has none. */
export function Picture({ graph, answer, name }: Props) {
  const lang = useLang()
  const meta = metaOf(graph.app, name)
  const Chart = CHARTS[name]
  if (!meta || !Chart || !isDrawn(answer, name)) return null
  return <Chart graph={graph} answer={answer} most={meta.most ?? MOST} groups={meta.groups ?? MOST} lang={lang} palette={graph.app.palette as Palette} />
}

interface Bar {
  readonly label: string
  readonly parts: readonly { readonly kind: Kind; readonly value: number }[]
  readonly sum: number
}

function barsOf(rows: readonly Row[], label: (row: Row) => string, id: (row: Row) => string, value: (row: Row) => number, kind: (row: Row) => Kind): Bar[] {
  const found = new Map<string, { label: string; parts: Map<string, { kind: Kind; value: number }> }>()
  for (const row of rows) {
    const bar = found.get(id(row)) ?? { label: label(row), parts: new Map() }
    const one = kind(row)
    bar.parts.set(one.label, { kind: one, value: (bar.parts.get(one.label)?.value ?? 0) + value(row) })
    found.set(id(row), bar)
  }
  const bars = [...found.values()].map(bar => ({ label: bar.label, parts: [...bar.parts.values()], sum: [...bar.parts.values()].reduce((all, one) => all + one.value, 0) }))
  return bars.sort((a, b) => b.sum - a.sum)
}

function kindsOf({ answer, lang, palette }: Drawn, rows: readonly Row[]): (row: Row) => Kind {
  const { kind, thing } = columnsOf(answer)
  const plain: Kind = { code: '', label: '', colour: 'blue' }
  if (!kind || kind === thing) return () => plain
  const of = (row: Row) => kindOf(row, kind, say(lang, marked('not stated')))
  const found = coloured(rows.map(of), palette, say(lang, marked('other kinds')))
  return row => found.get(of(row).code) as Kind
}

function Bars(props: Drawn) {
  const { answer, most, lang } = props
  const { thing, number } = columnsOf(answer)
  const rows = answer.rows.filter(row => numberOf(row.cells[number]) > 0)
  const kind = kindsOf(props, rows)
  const bars = barsOf(rows, row => textOf(row.cells[thing]), row => nameOf(row.cells[thing]), row => numberOf(row.cells[number]), kind)
  return <Lines bars={bars} most={most} lang={lang} title={answer.title} />
}

function Kinds(props: Drawn) {
  const { answer, most, lang } = props
  const { kind } = columnsOf(answer)
  const of = (row: Row) => kindOf(row, kind, say(lang, marked('not stated')))
  const plain: Kind = { code: '', label: '', colour: 'blue' }
  return <Lines bars={barsOf(answer.rows, row => of(row).label, row => of(row).code, () => 1, () => plain)} most={most} lang={lang} title={answer.title} />
}

function Lines({ bars, most, lang, title }: { readonly bars: readonly Bar[]; readonly most: number; readonly lang: Lang; readonly title: string }) {
  const { left, right, halves } = room()
  const shown = bars.slice(0, most)
  const unit = right / Math.max(...shown.map(bar => bar.sum), 1)
  const notes = bars.length > shown.length ? [firstOf(shown.length, bars.length, lang)] : []
  const kinds = legend(shown.flatMap(bar => bar.parts.map(one => one.kind)))
  return (
    <Figure title={title} width={left + right + 60} height={shown.length * STEP + 4} kinds={kinds} notes={notes}>
      {shown.map((bar, at) => {
        let x = left
        return (
          <g key={at}>
            <title>{`${bar.label}: ${bar.sum}`}</title>
            <text x={left - 8} y={at * STEP + 16} text-anchor="end">{cut(bar.label, halves)}</text>
            {bar.parts.map(({ kind, value }) => {
              const from = x
              x += value * unit
              return <rect key={kind.label} x={from} y={at * STEP + 4} width={value * unit} height={16} style={paint(kind.colour)} />
            })}
            <text x={x + 4} y={at * STEP + 16}>{bar.sum.toLocaleString('en')}</text>
          </g>
        )
      })}
    </Figure>
  )
}

function Years(props: Drawn) {
  const { answer, lang } = props
  const rows = answer.rows.filter(row => yearsOf(row).length)
  const { number } = columnsOf(answer)
  const kind = kindsOf(props, rows)
  const isCounted = answer.columns.includes('year') && number !== ''
  const bars = new Map(barsOf(rows, row => String(yearsOf(row)[0]), row => String(yearsOf(row)[0]), row => (isCounted ? numberOf(row.cells[number]) : 1), kind).map(bar => [Number(bar.label), bar]))
  const [first, last] = [Math.min(...bars.keys()), Math.max(...bars.keys())]
  const height = 200
  const step = Math.min((NARROW.matches ? 330 : 700) / (last - first + 1), 64)
  const width = step * (last - first + 1)
  const most = Math.max(...[...bars.values()].map(bar => bar.sum))
  const every = Math.ceil(40 / step)
  const kinds = legend([...bars.values()].flatMap(bar => bar.parts.map(one => one.kind)))
  return (
    <Figure title={answer.title} width={width} height={height + 44} kinds={kinds} notes={lacking(rows, answer, lang)}>
      {Array.from({ length: last - first + 1 }, (_, at) => first + at).map(year => {
        let y = height + 20
        const bar = bars.get(year)
        const x = (year - first) * step
        return (
          <g key={year}>
            {bar ? <title>{`${year}: ${bar.sum}`}</title> : null}
            {(bar?.parts ?? []).map(({ kind: one, value }) => {
              const tall = (value / most) * height
              y -= tall
              return <rect key={one.label} x={x + step * 0.1} y={y} width={step * 0.8} height={tall} style={paint(one.colour)} />
            })}
            {bar && step > 14 ? <text x={x + step / 2} y={y - 4} text-anchor="middle">{bar.sum}</text> : null}
            {(year - first) % every === 0 ? <text class="quiet" x={x + step / 2} y={height + 38} text-anchor="middle">{year}</text> : null}
          </g>
        )
      })}
    </Figure>
  )
}

function lacking(rows: readonly Row[], answer: Answer, lang: Lang): string[] {
  if (rows.length === answer.rows.length) return []
  return [say(lang, marked('{drawn} of {all} rows are drawn; the others have no date.'), { drawn: rows.length, all: answer.rows.length })]
}

const DAY = 86_400_000

function Timeline(props: Drawn) {
  const { answer, most, lang } = props
  const dated = answer.rows.filter(timeOf)
  const rows = dated.slice(0, most)
  const { left, right, halves } = room()
  const { thing } = columnsOf(answer)
  const kind = kindsOf(props, rows)
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`)
  const spans = rows.map(row => timeOf(row) as readonly [string, string])
  const low = Math.min(...spans.map(([from, to]) => day(from < '0002' ? to : from)))
  const high = Math.max(...spans.map(([from, to]) => day(to === LAST ? from : to))) + DAY
  const x = (time: number) => left + 20 + ((Math.min(Math.max(time, low), high) - low) / Math.max(high - low, DAY)) * right
  const [first, last] = [new Date(low).getUTCFullYear(), new Date(high).getUTCFullYear()]
  const every = Math.max(1, Math.ceil((last - first + 1) / (right / 50)))
  const ticks = Array.from({ length: last - first + 2 }, (_, at) => first + at).filter(year => (year - first) % every === 0 && day(`${year}-01-01`) >= low && day(`${year}-01-01`) <= high)
  const notes = lacking(dated, answer, lang)
  if (rows.length < dated.length) notes.push(firstOf(rows.length, dated.length, lang))
  const tall = rows.length * STEP + 24
  return (
    <Figure title={answer.title} width={left + right + (NARROW.matches ? 95 : 170)} height={tall} kinds={legend(rows.map(kind))} notes={notes}>
      {ticks.map(year => (
        <g key={year}>
          <line class="grid" x1={x(day(`${year}-01-01`))} x2={x(day(`${year}-01-01`))} y1={20} y2={tall} />
          <text class="quiet" x={x(day(`${year}-01-01`))} y={14} text-anchor="middle">{year}</text>
        </g>
      ))}
      {rows.map((row, at) => {
        const [from, to] = spans[at] as readonly [string, string]
        const [start, end] = [x(day(from)), x(day(to) + DAY)]
        const y = at * STEP + 32
        const isPoint = isMoment(row)
        return (
          <g key={at}>
            <title>{`${textOf(row.cells[thing])}: ${toldTime(row)}`}</title>
            <text x={left} y={y + 5} text-anchor="end">{cut(textOf(row.cells[thing]), halves)}</text>
            <rect class={isPoint ? 'pale' : undefined} x={start} y={y - (isPoint ? 2 : 5)} width={Math.max(end - start, 2)} height={isPoint ? 4 : 10} style={paint(kind(row).colour)} />
            {isPoint ? <circle cx={(start + end) / 2} cy={y} r={4.5} style={paint(kind(row).colour)} /> : null}
            <text class="quiet" x={end + 8} y={y + 5}>{toldTime(row)}</text>
          </g>
        )
      })}
    </Figure>
  )
}

function World({ graph, answer, lang, palette }: Drawn) {
  const later = useLater(`${lang} ${answer.query}`, async () => {
    const things = new Set(answer.rows.flatMap(row => Object.values(row.cells).flatMap(several)).flatMap(one => (one instanceof Entity ? [one.iri] : [])))
    return { shapes: await outlines(), home: await countries(graph, things, lang) }
  })
  if (later.state !== 'done') return null
  const { shapes, home } = later.value
  const texts = (name: string) => new Set(answer.rows.map(row => textOf(row.cells[name]))).size
  const ofCountry = (row: Row, name: string) => several(row.cells[name]).flatMap(one => (one instanceof Entity ? (home.get(one.iri) ?? []) : []))[0]
  const has = (name: string) => answer.rows.some(row => ofCountry(row, name)?.iri.includes('/country/'))
  const column = answer.columns.find(name => texts(name) > 1 && has(name)) ?? answer.columns.find(has)
  if (column === undefined) return null
  const { number } = columnsOf(answer)
  const sums = new Map<string, { label: string; value: number }>()
  for (const row of answer.rows) {
    const country = ofCountry(row, column)
    if (!country?.iri.includes('/country/')) continue
    const code = country.iri.slice(country.iri.lastIndexOf('/') + 1)
    sums.set(code, { label: country.label, value: (sums.get(code)?.value ?? 0) + (number ? numberOf(row.cells[number]) : 1) })
  }
  return <Map_ title={answer.title} sums={sums} shapes={shapes} lang={lang} shades={palette.ramp.length} />
}

interface MapProps {
  readonly title: string
  readonly sums: ReadonlyMap<string, { readonly label: string; readonly value: number }>
  readonly shapes: ReadonlyMap<string, string>
  readonly lang: Lang
  readonly shades: number
}

function Map_({ title, sums, shapes, lang, shades }: MapProps) {
  const bands = bandsOf([...sums.values()].map(one => one.value), shades)
  const band = (value: number) => bands.find(one => one.low <= value && value <= one.high)
  const absent = [...sums].filter(([code]) => !shapes.has(code)).map(([, one]) => `${one.label} (${one.value})`)
  const notes = absent.length ? [say(lang, marked('Too small for this map: {names}.'), { names: absent.join(', ') })] : []
  notes.push(say(lang, marked('Shapes of countries: Natural Earth; its borders are drawn as they are there and say nothing of a status.')))
  const kinds = bands.map(one => ({ code: one.label, label: one.label, colour: `ramp${one.shade}` }))
  return (
    <Figure title={title} width={WIDTH} height={HEIGHT} kinds={kinds} notes={notes}>
      {[...shapes].map(([code, path]) => {
        const sum = sums.get(code)
        const shade = sum && band(sum.value)?.shade
        return (
          <path key={code} d={path} class="land" style={shade === undefined ? undefined : paint(`ramp${shade}`)}>
            {sum ? <title>{`${sum.label}: ${sum.value}`}</title> : null}
          </path>
        )
      })}
    </Figure>
  )
}

/** Makes the colours of the palette known to the page, for paper and for a dark screen. */
export function painted(palette: Palette & { readonly land: readonly [string, string] }): void {
  const set = (name: string, [day, night]: readonly [string, string]) => document.documentElement.style.setProperty(`--c-${name}`, `light-dark(${day}, ${night})`)
  for (const [name, pair] of Object.entries(palette.colours)) set(name, pair)
  set('other', palette.other)
  set('land', palette.land)
  palette.ramp.forEach((pair, at) => set(`ramp${at}`, pair))
}
