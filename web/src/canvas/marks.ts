// What a drawing is given, and what it tells: plain values, so that who draws may be another.

export interface Mark {
  readonly id: string
  readonly x: number
  readonly y: number
  /** Radius in pixels. */
  readonly size: number
  readonly colour: string
  readonly label: string
  readonly isSquare: boolean
}

export interface Line {
  readonly id: string
  readonly a: string
  readonly b: string
  readonly size: number
}

/** Colours: paper and ink, edges, edges that stand out, what stands back, what has the focus. */
export interface Tones {
  readonly paper: string
  readonly ink: string
  readonly edge: string
  readonly strong: string
  readonly dim: string
  readonly focus: string
}

export interface Box {
  readonly x: [number, number]
  readonly y: [number, number]
}

export interface Hears {
  readonly node: (id: string) => void
  readonly twice: (id: string) => void
  readonly edge: (id: string) => void
  readonly nothing: () => void
  readonly moved: (id: string, x: number, y: number) => void
}

/** Returns the frame of some places; null for none. */
export function frameOf(places: Iterable<readonly [number, number]>): Box | null {
  const all = [...places]
  if (!all.length) return null
  const side = (axis: 0 | 1): [number, number] => all.reduce<[number, number]>(([least, most], place) => [Math.min(least, place[axis]), Math.max(most, place[axis])], [Infinity, -Infinity])
  return { x: side(0), y: side(1) }
}
