// What stands in a cell of a table: the twin of stdgraph/model/cells.py.

/** A thing with its label in the language asked for. */
export class Entity {
  constructor(
    readonly iri: string,
    readonly label: string,
  ) {}
}

/** A class or property: its local name in data, its label for people. */
export class Term {
  constructor(
    readonly iri: string,
    readonly name: string,
    readonly label: string,
  ) {}
}

/** A number that is written otherwise than JavaScript writes its value: `1.10`, `007`, or with more digits. */
export class Numeral {
  readonly value: number

  constructor(readonly text: string) {
    this.value = Number(text)
  }

  /** Returns the number where it says exactly what the text says, else the text. */
  plain(): number | string {
    return Number.isFinite(this.value) && sameDecimal(this.text, this.value) ? this.value : this.text
  }
}

export type Scalar = Entity | Term | Numeral | string | number | boolean | null
export type Cell = Scalar | readonly Scalar[]
export type Cells = Readonly<Record<string, Cell>>
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain }

/** Returns the values of a cell. */
export function several(cell: Cell | undefined): readonly Scalar[] {
  return Array.isArray(cell) ? (cell as readonly Scalar[]) : [(cell ?? null) as Scalar]
}

/** Returns a cell as a plain JSON value. */
export function plain(cell: Cell): Plain {
  if (Array.isArray(cell)) return (cell as readonly Scalar[]).map(plain)
  if (cell instanceof Entity) return { iri: cell.iri, label: cell.label }
  if (cell instanceof Term) return cell.name
  if (cell instanceof Numeral) return cell.plain()
  if (typeof cell === 'number' && !Number.isFinite(cell)) return null
  return cell as Plain
}

/** Returns cells as plain JSON values, the label of a class beside its name: `kind` and `kind_label`. */
export function plainCells(cells: Cells): Record<string, Plain> {
  const row: Record<string, Plain> = {}
  for (const [name, cell] of Object.entries(cells)) {
    row[name] = plain(cell)
    const values = several(cell)
    const classes = values.filter(one => one instanceof Term && /^\p{Lu}/u.test(one.name)) as Term[]
    if (classes.length && classes.length === values.length) {
      row[`${name}_label`] = Array.isArray(cell) ? classes.map(one => one.label) : (classes[0] as Term).label
    }
  }
  return row
}

/** Returns a cell as text for people: labels, several values joined by semicolons, nothing for null. */
export function textOf(cell: Cell | undefined): string {
  if (Array.isArray(cell)) return (cell as readonly Scalar[]).map(textOf).join('; ')
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Entity || cell instanceof Term) return cell.label
  return cell instanceof Numeral ? cell.text : String(cell)
}

/** Returns a text by which a value is told from all others. */
export function identity(value: Scalar): string {
  if (value instanceof Entity || value instanceof Term) return `i${value.iri}`
  return value instanceof Numeral ? `n${value.value}` : `${typeof value}${String(value)}`
}

/** Tells whether a number says exactly what a decimal text says. */
function sameDecimal(text: string, value: number): boolean {
  return digits(text) === digits(exact(value))
}

/** A double written in full: each is a finite decimal. */
function exact(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString()
  let scale = 0
  let scaled = value
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    scale++
  }
  const whole = BigInt(scaled) * 5n ** BigInt(scale)
  const text = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, '0')
  return `${whole < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

/** Returns sign, digits and exponent of a decimal text in one form only. */
function digits(text: string): string {
  const found = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(text)
  if (!found) return `?${text}`
  const [, sign, whole = '', fraction = '', power = '0'] = found
  const all = (whole + fraction).replace(/^0+/, '')
  const kept = all.replace(/0+$/, '')
  const exponent = kept ? Number(power) - fraction.length + (all.length - kept.length) : 0
  return kept ? `${sign === '-' ? '-' : ''}${kept}e${exponent}` : '0'
}
