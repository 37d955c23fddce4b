// What all pictures share: their frame with legend and notes, colours, labels and the room for them.

import type { ComponentChildren } from 'preact'
import type { Graph } from '../graph/reads'
import { type Lang, marked } from '../locale/locale'
import type { Answer } from '../model/results'
import { say } from '../shell/context'
import type { Kind, Palette } from './parts'

/** What a chart is given. `most` things, and `groups` kinds, are drawn at most. */
export interface Drawn {
  readonly graph: Graph
  readonly answer: Answer
  readonly most: number
  readonly groups: number
  readonly lang: Lang
  readonly palette: Palette
}

export const NARROW = matchMedia('(max-width: 40rem)')

/** Returns how much room labels and bars have, and halves of a Chinese character in a label. */
export function room(): { readonly left: number; readonly right: number; readonly halves: number } {
  return NARROW.matches ? { left: 150, right: 120, halves: 22 } : { left: 300, right: 400, halves: 46 }
}

interface FigureProps {
  readonly title: string
  readonly width: number
  readonly height: number
  readonly kinds?: readonly Kind[]
  readonly notes?: readonly string[]
  readonly children: ComponentChildren
}

export function Figure({ title, width, height, kinds = [], notes = [], children }: FigureProps) {
  return (
    <figure class="picture">
      <div class="drawn" tabIndex={0} role="group" aria-label={title}>
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={title}>{children}</svg>
      </div>
      {kinds.length > 1 ? (
        <ul class="legend">{kinds.map(one => <li key={one.label}><span class="swatch" style={paint(one.colour)} />{one.label}</li>)}</ul>
      ) : null}
      {notes.length ? <figcaption>{notes.join(' ')}</figcaption> : null}
    </figure>
  )
}

/** Colours are those of the palette, light and dark; see `painted` in main. */
export function paint(colour: string) {
  return { fill: `var(--c-${colour})`, background: `var(--c-${colour})` }
}

/** Returns kinds, each once, as the legend has them. */
export function legend(kinds: readonly Kind[]): Kind[] {
  return [...new Map(kinds.map(one => [one.label, one])).values()]
}

/** Returns a label that has room beside a picture; a Chinese character takes two halves. */
export function cut(text: string, halves: number): string {
  let room = halves
  for (let at = 0; at < text.length; at++) {
    room -= text.charCodeAt(at) > 0x2e7f ? 2 : 1
    if (room < 0) return `${text.slice(0, at - 1).trimEnd()}…`
  }
  return text
}

/** Says that not all are drawn. */
export function firstOf(drawn: number, all: number, lang: Lang): string {
  return say(lang, marked('The first {drawn} of {all} are drawn.'), { drawn, all })
}
