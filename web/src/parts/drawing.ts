// The drawing of a network by sigma and graphology: a part of the program that is loaded when a network is first drawn.
// sigma 3 writes labels with the canvas' own text, which has every glyph; 4.0.4 has a store of glyphs that overflows.

import { NodeSquareProgram } from '@sigma/node-square'
import Graph from 'graphology'
import Sigma from 'sigma'
import { EdgeArrowProgram, EdgeRectangleProgram } from 'sigma/rendering'
import type { Box, Hears, Line, Mark, Tones } from '../canvas/marks'

const LABEL = 13
/** Labels are cut to so many characters, unless their node is looked at. */
const LONG = 34
const FONT = 'system-ui, "Noto Sans", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'
/** With more nodes fewer labels are looked at: the largest of each part of the picture, and not more than so many are written. */
const MANY = 400
const WRITTEN = 150
/** Labels do not reach so near to the right edge, and there where the buttons stand. */
const ROOM = 8
const BUTTONS = { wide: 50, tall: 150 }
const STEP = 1.4
/** A shorter way of the pointer is a click, not a move. */
const SLACK = 3

interface Words {
  readonly key: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
}

interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A square that leaves its label to us, as a disc does. */
class Square extends NodeSquareProgram {
  override drawLabel = undefined as never
  override drawHover = undefined as never
}

export class Drawing {
  private readonly graph: Graph
  private readonly sigma: Sigma
  private tones: Tones
  private words: Words[] = []
  /** The labels that stand in the picture, with their places on its canvas. */
  written: { readonly text: string; readonly x: number; readonly y: number }[] = []
  private readonly widths = new Map<string, number>()
  private lit: ReadonlySet<string> | null = null
  private at = ''
  private over = ''
  private pinned: ReadonlySet<string> = new Set()
  private open: ReadonlySet<string> = new Set()
  private drag: { id: string; x: number; y: number; moved: boolean } | null = null

  constructor(box: HTMLElement, isDirected: boolean, tones: Tones, private readonly hears: Hears) {
    this.tones = tones
    this.graph = new Graph({ type: isDirected ? 'directed' : 'undirected', multi: false, allowSelfLoops: true })
    this.sigma = new Sigma(this.graph, box, {
      defaultNodeType: 'circle',
      defaultEdgeType: isDirected ? 'arrow' : 'line',
      nodeProgramClasses: { square: Square },
      edgeProgramClasses: { line: EdgeRectangleProgram, arrow: EdgeArrowProgram },
      enableEdgeEvents: true,
      zIndex: true,
      labelFont: FONT,
      labelSize: LABEL,
      labelDensity: 100,
      labelGridCellSize: 60,
      labelRenderedSizeThreshold: 0,
      stagePadding: 48,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      allowInvalidContainer: true,
      defaultDrawNodeLabel: (_, data) => void (data.label && this.words.push({ key: data['key'] as string, text: data.label, x: data.x, y: data.y, size: data.size })),
      defaultDrawNodeHover: (context, data) => this.box(context, { key: '', text: data.label ?? '', x: data.x, y: data.y, size: data.size }),
      nodeReducer: (id, data) => this.nodeLook(id, data),
      edgeReducer: (id, data) => this.edgeLook(id, data),
      ...(matchMedia('(prefers-reduced-motion: reduce)').matches ? { inertiaDuration: 0, zoomDuration: 0, doubleClickZoomingDuration: 0 } : {}),
    })
    this.sigma.createCanvasContext('rings', { beforeLayer: 'labels' } as object)
    const rings = this.sigma.getCanvases()['rings'] as HTMLCanvasElement
    rings.style.pointerEvents = 'none'
    this.sigma.resize(true)
    this.sigma.on('beforeRender', () => void (this.words = []))
    this.sigma.on('afterRender', () => this.write(rings))
    this.listen()
  }

  /** Draws these and nothing else; `frame` is what fits into the picture, all by default. */
  draw(marks: readonly Mark[], lines: readonly Line[], frame: Box | null): void {
    this.graph.clear()
    for (const { id, x, y, size, colour, label, isSquare } of marks) {
      this.graph.addNode(id, { x, y, size, color: colour, label, type: isSquare ? 'square' : 'circle' })
    }
    for (const { id, a, b, size } of lines) if (!this.graph.hasEdge(a, b)) this.graph.addEdgeWithKey(id, a, b, { size })
    this.sigma.setCustomBBox(frame)
    this.sigma.setSetting('labelDensity', marks.length > MANY ? 2 : 100)
    this.sigma.refresh()
  }

  /** Takes the colours of paper and ink. */
  paint(tones: Tones): void {
    this.tones = tones
    this.sigma.refresh({ skipIndexation: true })
  }

  /** Shows what is looked at, a node or an edge ('' for none), what is pinned, and which nodes have neighbours that are not shown. */
  mark(at: string, pinned: ReadonlySet<string>, open: ReadonlySet<string>): void {
    this.at = at
    this.pinned = pinned
    this.open = open
    this.light()
  }

  /** Brings a node into the picture, if it is not there. */
  show(id: string): void {
    const data = this.sigma.getNodeDisplayData(id)
    if (!data) return
    const { x, y } = this.sigma.framedGraphToViewport(data)
    const { width, height } = this.sigma.getDimensions()
    const isSeen = x > 20 && y > 20 && x < width - 20 && y < height - 20
    if (!isSeen) this.sigma.getCamera().setState({ x: data.x, y: data.y })
  }

  /** Makes the picture larger or smaller; 0 fits it into its frame. */
  zoom(way: -1 | 0 | 1): void {
    const camera = this.sigma.getCamera()
    if (way === 0) camera.setState({ x: 0.5, y: 0.5, angle: 0, ratio: 1 })
    else camera.setState({ ratio: camera.getBoundedRatio(camera.ratio * STEP ** -way) })
  }

  /** Returns the canvas on which labels are written. */
  get labels(): HTMLCanvasElement {
    return this.sigma.getCanvases()['labels'] as HTMLCanvasElement
  }

  /** Draws one frame now, and returns how many milliseconds the script took. */
  frame(): number {
    const begun = performance.now()
    const camera = this.sigma.getCamera()
    camera.setState({ x: camera.x + 1e-3 })
    ;(this.sigma as unknown as { render(): void }).render()
    return performance.now() - begun
  }

  end(): void {
    this.sigma.kill()
  }

  private listen(): void {
    const { sigma, hears } = this
    sigma.on('clickNode', ({ node }) => hears.node(node))
    sigma.on('doubleClickNode', event => {
      event.preventSigmaDefault()
      hears.twice(event.node)
    })
    sigma.on('clickEdge', ({ edge }) => hears.edge(edge))
    sigma.on('clickStage', () => hears.nothing())
    sigma.on('enterNode', ({ node }) => this.hover(node))
    sigma.on('leaveNode', () => this.hover(''))
    sigma.on('enterEdge', ({ edge }) => this.hover(edge))
    sigma.on('leaveEdge', () => this.hover(''))
    sigma.on('downNode', ({ node, event }) => void (this.drag = { id: node, x: event.x, y: event.y, moved: false }))
    sigma.on('moveBody', ({ event, preventSigmaDefault }) => {
      if (!this.drag) return
      preventSigmaDefault()
      this.drag.moved ||= Math.hypot(event.x - this.drag.x, event.y - this.drag.y) > SLACK
      if (!this.drag.moved) return
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox())
      const { x, y } = sigma.viewportToGraph(event)
      this.graph.mergeNodeAttributes(this.drag.id, { x, y })
    })
    const drop = () => {
      const { drag } = this
      this.drag = null
      if (drag?.moved) hears.moved(drag.id, this.graph.getNodeAttribute(drag.id, 'x') as number, this.graph.getNodeAttribute(drag.id, 'y') as number)
    }
    sigma.on('upNode', drop)
    sigma.on('upStage', drop)
    sigma.on('upEdge', drop)
  }

  private hover(id: string): void {
    if (this.over === id) return
    this.over = id
    this.sigma.getContainer().style.cursor = id ? 'pointer' : ''
    this.light()
  }

  /** Lets what is looked at, and what is tied to it, stand out. */
  private light(): void {
    const id = this.over || this.at
    const { graph } = this
    if (graph.hasNode(id)) this.lit = new Set([id, ...graph.neighbors(id), ...graph.edges(id)])
    else if (graph.hasEdge(id)) this.lit = new Set([id, ...graph.extremities(id)])
    else this.lit = null
    this.sigma.refresh({ skipIndexation: true })
  }

  /** Returns how a node looks now; sigma gives a copy of what is known of it, which is ours. */
  private nodeLook(id: string, data: Record<string, unknown>): Record<string, unknown> {
    const isLit = !this.lit || this.lit.has(id)
    return Object.assign(data, { zIndex: isLit ? 1 : 0 }, isLit ? {} : { color: this.tones.dim, label: null })
  }

  private edgeLook(id: string, data: Record<string, unknown>): Record<string, unknown> {
    const isLit = this.lit?.has(id) ?? false
    data['color'] = isLit ? this.tones.strong : this.lit ? this.tones.dim : this.tones.edge
    data['zIndex'] = isLit ? 1 : 0
    return data
  }

  /** Writes the labels, the largest nodes first, where none lies on another; and the rings of what is looked at or pinned. */
  private write(rings: HTMLCanvasElement): void {
    const context = this.labels.getContext('2d') as CanvasRenderingContext2D
    context.font = `${LABEL}px ${FONT}`
    const own = (one: Words) => one.key === this.at || one.key === this.over
    const { width } = this.sigma.getDimensions()
    const taken: Rect[] = []
    this.written = []
    for (const one of this.words.sort((a, b) => Number(own(b)) - Number(own(a)) || b.size - a.size)) {
      const text = cut(one.text, own(one) ? Infinity : LONG)
      if (taken.length >= WRITTEN) break
      const wide = this.width(context, text)
      const isOut = one.x + one.size + 3 + wide > width - (one.y < BUTTONS.tall ? BUTTONS.wide : ROOM) && one.x - one.size - 3 - wide > 0
      const left = isOut ? one.x - one.size - 3 - wide : one.x + one.size + 3
      const rect = { left, right: left + wide, top: one.y - LABEL / 2, bottom: one.y + LABEL / 2 }
      if (taken.some(other => rect.left < other.right && rect.right > other.left && rect.top < other.bottom && rect.bottom > other.top)) continue
      taken.push(rect)
      context.lineWidth = 3
      context.lineJoin = 'round'
      context.strokeStyle = this.tones.paper
      context.strokeText(text, left, one.y + LABEL / 3)
      context.fillStyle = this.tones.ink
      context.fillText(text, left, one.y + LABEL / 3)
      this.written.push({ text, x: left, y: one.y + LABEL / 3 })
    }
    this.ring(rings.getContext('2d') as CanvasRenderingContext2D)
  }

  private width(context: CanvasRenderingContext2D, text: string): number {
    const known = this.widths.get(text) ?? context.measureText(text).width
    this.widths.set(text, known)
    return known
  }

  private ring(context: CanvasRenderingContext2D): void {
    const { width, height } = this.sigma.getDimensions()
    context.clearRect(0, 0, width, height)
    const around = (id: string, gap: number, wide: number, colour: string, dash: number[]) => {
      const data = this.sigma.getNodeDisplayData(id)
      if (!data) return
      const { x, y } = this.sigma.framedGraphToViewport(data)
      context.beginPath()
      context.setLineDash(dash)
      context.lineWidth = wide
      context.strokeStyle = colour
      context.arc(x, y, this.sigma.scaleSize(data.size) + gap, 0, 2 * Math.PI)
      context.stroke()
    }
    for (const id of this.open) around(id, 2.5, 1.5, this.tones.ink, [2, 3])
    for (const id of this.pinned) around(id, 2.5, 2, this.tones.ink, [])
    if (this.graph.hasNode(this.at)) around(this.at, 5, 3, this.tones.focus, [])
  }

  /** Writes the label of the node under the pointer in a box of its own. */
  private box(context: CanvasRenderingContext2D, { text, x, y, size }: Words): void {
    context.font = `${LABEL}px ${FONT}`
    const left = x + size + 3
    context.fillStyle = this.tones.paper
    context.strokeStyle = this.tones.ink
    context.lineWidth = 1
    context.beginPath()
    context.rect(left - 4, y - LABEL, context.measureText(text).width + 8, 2 * LABEL)
    context.fill()
    context.stroke()
    context.fillStyle = this.tones.ink
    context.fillText(text, left, y + LABEL / 3)
  }
}

/** Returns a text with at most so many characters. */
function cut(text: string, most: number): string {
  const signs = [...text]
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text
}
