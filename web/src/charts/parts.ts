// Which columns of an answer play which part in a picture, and the rows that it draws: after stdgraph/charts/roles.py and
// fields.py, for the charts that a page draws itself.

import type { AppData } from '../bundle/bundle'
import { BEGINS, type HasCells, MOMENTS, OVERS } from '../model/arranging'
import { type Cell, Entity, identity, Numeral, type Scalar, several, Term, textOf } from '../model/cells'
import { type Day, FIRST, LAST, type Span, spanOf } from '../model/dates'
import { byCodePoint } from '../model/order'
import type { Answer, Row } from '../model/results'
import { local } from '../model/vocabulary'

/** Columns that say of what kind a row is; the first with few kinds and few gaps colours it. */
const KINDS = [
  'kind', 'level', 'type', 'role', 'status', 'change', 'category', 'relation', 'certainty', 'stage', 'recognized_as',
  'degree', 'class', 'how', 'what', 'aspect', 'way', 'language', 'measure',
]
/** Columns that say how many; the first that has a number is drawn. */
const NUMBERS = [
  'records', 'count', 'number', 'secretariats', 'seats', 'members', 'ties', 'value', 'agreements', 'stated_items', 'stated',
  'named', 'shared', 'observed',
]
const FEW = 8
const TIMED: readonly string[] = [...MOMENTS, ...BEGINS, ...OVERS, 'year']

/** What a chart file says of itself. */
export interface Meta {
  readonly title: Readonly<Record<'en' | 'zh', string>>
  readonly needs: readonly string[]
  readonly most?: number
  readonly groups?: number
}

export interface Palette {
  readonly colours: Readonly<Record<string, readonly [string, string]>>
  readonly other: readonly [string, string]
  readonly ramp: readonly (readonly [string, string])[]
  readonly kinds: Readonly<Record<string, string>>
}

/** Returns what the file of a chart says of itself. */
export function metaOf(app: AppData, name: string): Meta | undefined {
  return (app.charts[name] as { readonly usermeta: Meta } | undefined)?.usermeta
}

/** The columns of an answer by the part that they play; '' where none plays it. */
export interface Parts {
  /** Names what a row is about. */
  readonly thing: string
  /** Names the other side: a thing, or the part that it plays. */
  readonly other: string
  /** Says of what kind a row is. */
  readonly kind: string
  readonly number: string
  /** Numbers that stand side by side: two or more, or none. */
  readonly numbers: readonly string[]
}

/** Returns which columns play which part. */
export function columnsOf(answer: Answer): Parts {
  const texts = (name: string) => answer.rows.map(row => textOf(row.cells[name])).filter(Boolean)
  const filled = KINDS.filter(name => answer.columns.includes(name) && texts(name).length)
  const share = (name: string) => texts(name).length / answer.rows.length
  const good = filled.filter(name => new Set(texts(name)).size <= FEW && share(name) >= 0.5)
  const kind = good[0] ?? filled.toSorted((a, b) => share(b) - share(a))[0] ?? ''
  const cells = (name: string) => answer.rows.flatMap(row => several(row.cells[name])).filter(one => textOf(one))
  const isNumber = (one: Scalar) => typeof one === 'number' || one instanceof Numeral
  const isCounted = (name: string) => answer.columns.includes(name) && cells(name).length > 0 && cells(name).every(isNumber)
  const number = NUMBERS.find(isCounted) ?? ''
  const numbers = answer.columns.filter(name => NUMBERS.includes(name) && isCounted(name))
  const isName = (name: string) => !TIMED.includes(name) && cells(name).length > 0 && !cells(name).some(one => isNumber(one) || typeof one === 'boolean')
  const named = answer.columns.filter(isName)
  const names = named.filter(name => name !== kind)
  const varying = names.filter(name => new Set(texts(name)).size > 1)
  const things = varying.filter(name => cells(name).some(one => one instanceof Entity))
  const thing = things[0] ?? varying[0] ?? names[0] ?? named[0] ?? kind
  const others = named.filter(name => name !== thing && cells(name).some(one => one instanceof Entity || one instanceof Term))
  const other = others.find(name => new Set(texts(name)).size > 1) ?? others[0] ?? ''
  return { thing, other, kind, number, numbers: numbers.length > 1 ? numbers : [] }
}

/** What a part of a picture stands for: a code, what it is called, its number, its colour. */
export interface Kind {
  readonly code: string
  readonly label: string
  readonly colour: string
}

/** Returns the code and the label of the kind of a row. */
export function kindOf(row: Row, column: string, unsaid: string): { readonly code: string; readonly label: string } {
  const first = several(row.cells[column]).find(one => textOf(one))
  if (first === undefined) return { code: '', label: unsaid }
  return { code: first instanceof Entity || first instanceof Term ? local(first.iri) : textOf(first), label: textOf(first) }
}

/** Gives kinds their colours, the commonest first; the rarest share one where there are too many. */
export function coloured(kinds: readonly { code: string; label: string; count?: number }[], palette: Palette, other: string): Map<string, Kind> {
  const counts = new Map<string, { code: string; label: string; count: number }>()
  for (const one of kinds) {
    const known = counts.get(one.code) ?? { code: one.code, label: one.label, count: 0 }
    counts.set(one.code, { ...known, count: known.count + (one.count ?? 1) })
  }
  const ranked = [...counts.values()].sort((a, b) => Number(a.code === '') - Number(b.code === '') || b.count - a.count || byCodePoint(a.label, b.label))
  const names = Object.keys(palette.colours)
  const own = new Map<string, string>()
  for (const { code } of ranked.slice(0, FEW - 1)) {
    const wanted = palette.kinds[code]
    if (code && wanted && ![...own.values()].includes(wanted)) own.set(code, wanted)
  }
  const found = new Map<string, Kind>()
  ranked.forEach((one, at) => {
    const isRest = at >= FEW - 1 && ranked.length > FEW
    const free = names.find(name => ![...own.values()].includes(name)) ?? 'other'
    if (!isRest && one.code && !own.has(one.code)) own.set(one.code, free)
    found.set(one.code, isRest ? { code: one.code, label: other, colour: 'other' } : { code: one.code, label: one.label, colour: own.get(one.code) ?? 'other' })
  })
  return found
}

/** Returns what a number of a row says, 1 where it has none. */
export function numberOf(cell: Cell | undefined): number {
  const value = several(cell)[0]
  return value instanceof Numeral ? value.value : typeof value === 'number' ? value : 0
}

/** Returns a text by which what a cell names first is told from all others. */
export function nameOf(cell: Cell | undefined): string {
  return identity(several(cell)[0] ?? null)
}

/** Returns the years in which the time of a row begins. */
export function yearsOf(row: HasCells): number[] {
  for (const name of ['year', 'date', ...BEGINS, ...MOMENTS.slice(1), ...OVERS]) {
    const found = several(row.cells[name]).map(textOf).filter(text => spanOf(text) && /^[0-9]{4}/.test(text))
    if (found.length) return [...new Set(found.map(text => Number(text.slice(0, 4))))]
  }
  return []
}

/** Returns the first and last day that a row speaks of, null where it has no date; what only began goes on. */
export function timeOf(row: HasCells): Span | null {
  const [begins, ends, moment] = [BEGINS, OVERS, [...MOMENTS, 'year']].map(names => timeIn(row, names))
  if (begins) return [begins[0], ends ? ends[1] : LAST]
  if (moment) return [moment[0], ends && ends[1] > moment[1] ? ends[1] : moment[1]]
  return ends ? [FIRST, ends[1]] : null
}

function timeIn(row: HasCells, names: readonly string[]): Span | null {
  for (const name of names) {
    const spans = several(row.cells[name]).flatMap(value => {
      const span = spanOf(textOf(value))
      return span ? [span] : []
    })
    if (spans.length) {
      const lows: Day[] = spans.map(([low]) => low).sort()
      const highs: Day[] = spans.map(([, high]) => high).sort()
      return [lows[0] as Day, highs.at(-1) as Day]
    }
  }
  return null
}

/** Returns the time of a row as it is written. */
export function toldTime(row: HasCells): string {
  const first = (names: readonly string[]) => names.map(name => several(row.cells[name]).map(textOf).filter(Boolean).sort()).find(found => found.length)?.[0] ?? ''
  const [begin, end] = [first(BEGINS), first(OVERS)]
  return begin || end ? `${begin || first(MOMENTS)} – ${end}`.trim() : first([...MOMENTS, 'year'])
}

/** Tells whether a row speaks of something that was, not of something that lasted. */
export function isMoment(row: HasCells): boolean {
  return ![...BEGINS, ...OVERS].some(name => textOf(row.cells[name]))
}

/** Returns the band of each number: at most five, each as many different numbers, the highest darkest. */
export function bandsOf(values: readonly number[], shades: number): { readonly label: string; readonly low: number; readonly high: number; readonly shade: number }[] {
  const different = [...new Set(values)].sort((a, b) => a - b)
  const number = Math.min(shades, different.length)
  return Array.from({ length: number }, (_, at) => {
    const low = different[Math.floor((different.length * at) / number)] as number
    const high = different[Math.floor((different.length * (at + 1)) / number) - 1] as number
    return { label: low === high ? String(low) : `${low} – ${high}`, low, high, shade: at + shades - number }
  })
}
