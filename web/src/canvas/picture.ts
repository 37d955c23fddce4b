// The picture as a file: SVG as it stands on the canvas, with title and legend; PNG from the same.

import { escaped } from '../networks/formats'
import type { Looks } from '../networks/looks'
import { frameOf, type Line, type Mark, type Tones } from './marks'

const WIDE = 1200
const EDGE = 40
const LABEL = 13
const HIGHEST = 1600
/** How much larger a PNG is. */
const SHARP = 2

interface Asked {
  readonly title: string
  readonly below: string
  readonly colourTitle: string
  readonly sizeTitle: string
  readonly isDirected: boolean
  readonly tones: Tones
  readonly lang: string
}

/** Returns a picture as SVG; the same marks give the same text. */
export function svg(marks: readonly Mark[], lines: readonly Line[], { swatches, range }: Looks, asked: Asked): string {
  const box = frameOf(marks.map(({ x, y }) => [x, y] as const)) ?? { x: [0, 1], y: [0, 1] }
  const [broad, tall] = [box.x[1] - box.x[0] || 1, box.y[1] - box.y[0] || 1]
  const scale = Math.min((WIDE - 2 * EDGE) / broad, (HIGHEST - 2 * EDGE) / tall)
  const high = tall * scale + 2 * EDGE
  const at = new Map(marks.map(mark => [mark.id, { ...mark, x: EDGE + ((WIDE - 2 * EDGE) - broad * scale) / 2 + (mark.x - box.x[0]) * scale, y: 60 + EDGE + (box.y[1] - mark.y) * scale }]))
  const legend = [...swatches.map(({ label, colour, count }) => ({ label: `${label} (${count})`, colour }))]
  const foot = 60 + high + 20
  const { tones } = asked
  const parts = [
    `<rect width="${WIDE}" height="${Math.ceil(foot + 24 * (legend.length + 2))}" fill="${tones.paper}"/>`,
    text(EDGE, 36, asked.title, { size: 20, ink: tones.ink, bold: true }),
    text(EDGE, 58, asked.below, { size: 12, ink: tones.ink }),
    ...lines.map(line => edge(at.get(line.a), at.get(line.b), line, asked)),
    ...[...at.values()].map(mark => shape(mark, tones.paper)),
    ...labels([...at.values()], tones),
    text(EDGE, foot, asked.colourTitle, { size: 13, ink: tones.ink, bold: true }),
    ...legend.flatMap(({ label, colour }, row) => [
      `<circle cx="${EDGE + 6}" cy="${foot + 20 + 24 * row}" r="6" fill="${colour}"/>`,
      text(EDGE + 20, foot + 24 + 24 * row, label, { size: 13, ink: tones.ink }),
    ]),
    text(EDGE, foot + 24 * (legend.length + 1), `${asked.sizeTitle}: ${short(range[0])} – ${short(range[1])}`, { size: 13, ink: tones.ink }),
  ]
  const size = `width="${WIDE}" height="${Math.ceil(foot + 24 * (legend.length + 2))}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} lang="${asked.lang}" font-family="${FAMILY}">\n<title>${escaped(asked.title)}</title>\n${parts.filter(Boolean).join('\n')}\n</svg>\n`
}

const FAMILY = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"

/** Returns a picture as PNG. */
export async function png(picture: string): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width * SHARP
  canvas.height = image.height * SHARP
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done, fail) => canvas.toBlob(blob => (blob ? done(blob) : fail(new Error('no PNG'))), 'image/png'))
}

interface Style {
  readonly size: number
  readonly ink: string
  readonly bold?: boolean
  readonly halo?: string
}

function text(x: number, y: number, words: string, { size, ink, bold, halo }: Style): string {
  const around = halo ? ` stroke="${halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"` : ''
  return `<text x="${short(x)}" y="${short(y)}" font-size="${size}" fill="${ink}"${bold ? ' font-weight="700"' : ''}${around}>${escaped(words)}</text>`
}

function edge(one: Mark | undefined, other: Mark | undefined, { size }: Line, { isDirected, tones }: Asked): string {
  if (!one || !other) return ''
  const [dx, dy] = [other.x - one.x, other.y - one.y]
  const length = Math.hypot(dx, dy) || 1
  const end = isDirected ? other.size + 5 : 0
  const [x, y] = [other.x - (dx / length) * end, other.y - (dy / length) * end]
  const line = `<line x1="${short(one.x)}" y1="${short(one.y)}" x2="${short(x)}" y2="${short(y)}" stroke="${tones.edge}" stroke-width="${short(size)}"/>`
  if (!isDirected || length <= end) return line
  const [ux, uy] = [dx / length, dy / length]
  const tip = [other.x - ux * other.size, other.y - uy * other.size] as const
  const wing = (side: number) => `${short(x - uy * side)},${short(y + ux * side)}`
  return `${line}<polygon points="${short(tip[0])},${short(tip[1])} ${wing(3 + size / 2)} ${wing(-3 - size / 2)}" fill="${tones.edge}"/>`
}

function shape({ x, y, size, colour, isSquare }: Mark, paper: string): string {
  if (isSquare) return `<rect x="${short(x - size)}" y="${short(y - size)}" width="${short(2 * size)}" height="${short(2 * size)}" fill="${colour}" stroke="${paper}"/>`
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(size)}" fill="${colour}" stroke="${paper}"/>`
}

/** Returns the labels that have room, those of the largest nodes first. */
function labels(marks: readonly Mark[], tones: Tones): string[] {
  const taken: (readonly [number, number, number, number])[] = []
  return [...marks].sort((a, b) => b.size - a.size).flatMap(({ x, y, size, label }) => {
    const left = x + size + 3
    const wide = [...label].reduce((sum, sign) => sum + (sign > '\u2e80' ? LABEL : LABEL * 0.56), 0)
    const box = [left, y - LABEL / 2, left + wide, y + LABEL / 2] as const
    if (box[2] > WIDE || taken.some(one => box[0] < one[2] && box[2] > one[0] && box[1] < one[3] && box[3] > one[1])) return []
    taken.push(box)
    return [text(left, y + LABEL / 3, label, { size: LABEL, ink: tones.ink, halo: tones.paper })]
  })
}

/** Returns a number with few digits. */
export function short(value: number): string {
  return String(Number(value.toFixed(2)))
}
