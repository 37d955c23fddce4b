// The drawn network: pointer and keyboard, and a sentence for those who do not see it.

import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { drawing } from '../bundle/parts'
import { type Lang, marked } from '../locale/locale'
import type { Looks } from '../networks/looks'
import { labelled } from '../networks/network'
import type { Drawing } from '../parts/drawing'
import { say } from '../shell/context'
import { type Hears, type Tones } from './marks'
import { linesOf, marksOf, openOf, type Scene } from './scene'
import { edgesOf, inDirection, turned } from './walking'

interface Props {
  readonly scene: Scene
  readonly looks: Looks
  readonly tones: Tones
  readonly lang: Lang
  readonly onLook: (id: string) => void
  readonly onGrow: (id: string) => void
  readonly onPin: (id: string, place: readonly [number, number] | null) => void
  readonly onUndo: () => void
}

type State = 'loading' | 'drawn' | 'failed'

export function Stage(props: Props) {
  const { scene, looks, tones, lang, onLook, onGrow, onPin, onUndo } = props
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawing | null>(null)
  const [state, set] = useState<State>('loading')
  const id = useId()
  const isDirected = scene.shown.view.mode === 'directed'
  const now = useRef(props)
  now.current = props
  useEffect(() => {
    let isWanted = true
    const hears: Hears = {
      node: one => (now.current.scene.asked.of.length ? now.current.onGrow(one) : now.current.onLook(one)),
      twice: one => now.current.onGrow(one),
      edge: one => now.current.onLook(one),
      nothing: () => now.current.onLook(''),
      moved: (one, x, y) => now.current.onPin(one, [x, y]),
    }
    set('loading')
    const begin = async () => {
      const { Drawing } = await drawing()
      if (!isWanted || !box.current) return
      drawn.current = new Drawing(box.current, isDirected, now.current.tones, hears)
      set('drawn')
    }
    begin().catch((error: unknown) => {
      console.warn(String(error))
      if (isWanted) set('failed')
    })
    return () => {
      isWanted = false
      drawn.current?.end()
      drawn.current = null
    }
  }, [isDirected])
  useEffect(() => {
    drawn.current?.draw(marksOf(scene, looks, lang), linesOf(scene), scene.frame)
  }, [state, scene, looks, lang])
  useEffect(() => drawn.current?.paint(tones), [state, tones])
  const { at, pins } = scene.asked
  useEffect(() => {
    drawn.current?.mark(at, new Set(pins.keys()), openOf(scene))
    drawn.current?.show(at)
  }, [state, scene, looks, at, pins])
  const keyed = (event: KeyboardEvent) => {
    if (event.altKey || ((event.ctrlKey || event.metaKey) && event.key !== 'z')) return
    const done = act(event.key, event.ctrlKey || event.metaKey)
    if (done) event.preventDefault()
  }
  const act = (key: string, isControl: boolean): boolean => {
    const { shown, places } = scene
    const isNode = shown.nodes.has(at)
    if (key === 'z' && isControl) onUndo()
    else if (key.startsWith('Arrow')) {
      const edge = shown.edges.find(one => one.key === at)
      const from = isNode ? at : edge ? (key === 'ArrowLeft' || key === 'ArrowUp' ? edge.a : edge.b) : null
      const next = edge ? from : from === null ? (marksOf(scene, looks, lang)[0]?.id ?? null) : inDirection(places, from, key)
      if (next) onLook(next)
    } else if (key === '.' || key === ',') {
      const edge = shown.edges.find(one => one.key === at)
      const around = isNode ? at : (box.current?.dataset['around'] ?? edge?.a ?? '')
      if (isNode && box.current) box.current.dataset['around'] = at
      const next = turned(edgesOf(shown, around), at, key === '.' ? 1 : -1)
      if (next) onLook(next)
    } else if (key === 'Enter' && isNode) onGrow(at)
    else if (key === 'p' && isNode) onPin(at, pins.has(at) ? null : (places.get(at) ?? null))
    else if (key === '+' || key === '=') drawn.current?.zoom(1)
    else if (key === '-') drawn.current?.zoom(-1)
    else if (key === '0') drawn.current?.zoom(0)
    else if (key === 'Escape' && at) onLook('')
    else return false
    return true
  }
  return (
    <div class="stage">
      <div class="tools" role="group" aria-label={say(lang, marked('Picture'))}>
        <button type="button" class="plain" aria-label={say(lang, marked('Larger'))} title={say(lang, marked('Larger'))} onClick={() => drawn.current?.zoom(1)}>+</button>
        <button type="button" class="plain" aria-label={say(lang, marked('Smaller'))} title={say(lang, marked('Smaller'))} onClick={() => drawn.current?.zoom(-1)}>−</button>
        <button type="button" class="plain" aria-label={say(lang, marked('Fit into the frame'))} title={say(lang, marked('Fit into the frame'))} onClick={() => drawn.current?.zoom(0)}>⤢</button>
      </div>
      <div
        ref={box} class="paper" tabIndex={0} role="application" data-state={state}
        aria-label={say(lang, marked('The network as a picture; {nodes} nodes, {edges} edges'), { nodes: scene.shown.nodes.size, edges: scene.shown.edges.length })}
        aria-describedby={`${id}-keys`} onKeyDown={keyed}
      />
      {state === 'loading' ? <p class="wait">{say(lang, marked('Looking …'))}</p> : null}
      {state === 'failed' ? <p class="failure" role="alert">{say(lang, marked('This browser cannot draw it (WebGL is off); the lists show the same network.'))}</p> : null}
      {scene.isTooLarge ? <p class="failure">{say(lang, marked('{nodes} nodes and {edges} edges are too many for one picture: start from one thing, or choose less. The lists have all of them.'), { nodes: scene.shown.nodes.size, edges: scene.shown.edges.length })}</p> : null}
      <p class="keys" id={`${id}-keys`}>
        {say(lang, marked('Keys: arrows walk from node to node, “,” and “.” from edge to edge, Enter adds neighbours, P pins, + − 0 zoom, Esc lets go, Ctrl+Z undoes.'))}
      </p>
      <p class="said" role="status">{told(scene, at, lang)}</p>
    </div>
  )
}

/** Returns in words what is looked at. */
function told({ shown }: Scene, at: string, lang: Lang): string {
  const node = shown.nodes.get(at)
  if (node) {
    const number = shown.edges.filter(edge => edge.a === at || edge.b === at).length
    return say(lang, marked('{name}: {number} edges here'), { name: labelled(node, lang), number })
  }
  const edge = shown.edges.find(one => one.key === at)
  const name = (id: string) => labelled(shown.nodes.get(id) ?? { en: '', zh: '', id } as never, lang)
  return edge ? say(lang, marked('{a} – {b}: weight {weight}'), { a: name(edge.a), b: name(edge.b), weight: Number(edge.weight.toFixed(3)) }) : ''
}
