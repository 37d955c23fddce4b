// The canvas: a view of the graph as a network, drawn and as lists, whole or grown from one thing.

import { useMemo, useRef, useState } from 'preact/hooks'
import { changed, askedOf, pinText } from '../canvas/asked'
import { Controls, withOne } from '../canvas/Controls'
import { Exports } from '../canvas/Exports'
import { Lists } from '../canvas/Lists'
import { Looked } from '../canvas/Looked'
import { looksOf, type Scene, sceneOf } from '../canvas/scene'
import { Stage } from '../canvas/Stage'
import { useTones } from '../canvas/tones'
import '../canvas/canvas.css'
import { type Lang, marked, phrase } from '../locale/locale'
import type { Held } from '../networks/chosen'
import { type NetworksData, networks, says } from '../networks/data'
import { type Looks, type Palette, titleOf, wordOf } from '../networks/looks'
import { labelled } from '../networks/network'
import { heldOn } from '../networks/read'
import { things } from '../shell/choices'
import { go, type PageProps, say, useLang } from '../shell/context'
import { Finder } from '../shell/Finder'
import { useLater } from '../shell/later'
import { hashOf } from '../shell/router'
import { useDark } from '../shell/theme'
import { Without } from '../shell/Without'
import { Failure } from './Failure'

export function Network(props: PageProps) {
  const lang = useLang()
  const later = useLater('networks', networks)
  if (later.state === 'failed') return <Failure error={later.error} />
  if (later.state === 'waiting') return <><h1>{say(lang, marked('Network'))}</h1><p class="wait">{say(lang, marked('Looking …'))}</p></>
  return <OnDay {...props} data={later.value} />
}

interface DataProps extends PageProps {
  readonly data: NetworksData
}

/** The canvas, once it is known what held on the day that is asked for. */
function OnDay({ graph, place, data }: DataProps) {
  const lang = useLang()
  const { view, choice } = useMemo(() => askedOf(data, place.query), [data, place])
  const later = useLater(`${view.query} ${choice.asOf}`, () => heldOn(graph, data, view, choice.asOf))
  if (later.state === 'failed') return <Failure error={later.error} />
  if (later.state === 'waiting' && choice.asOf) return <><h1>{says(view, 'title', lang)}</h1><p class="wait">{say(lang, marked('Looking …'))}</p></>
  return <Canvas graph={graph} place={place} data={data} held={later.state === 'done' ? later.value : null} />
}

function Canvas({ graph, place, data, held }: DataProps & { readonly held: Held }) {
  const lang = useLang()
  const isDark = useDark()
  const palette = graph.app.palette as Palette
  const tones = useTones(palette, isDark)
  const { at: _, colour: __, size: ___, ...shaping } = place.query
  const asked = useMemo(() => askedOf(data, place.query), [data, place])
  const still = useMemo(() => sceneOf(data, graph.names, asked, held), [data, held, JSON.stringify(shaping)])
  const scene: Scene = useMemo(() => ({ ...still, asked: { ...still.asked, at: asked.at, colour: asked.colour, size: asked.size } }), [still, asked])
  const looks = useMemo(() => looksOf(data, graph.names, scene, lang, palette, isDark), [still, asked.colour, asked.size, lang, isDark])
  const steps = useRef(0)
  const change = (parts: Readonly<Record<string, string>>, isStep = false) => {
    const next = { ...place, query: changed({ ...place.query, view: asked.name }, parts) }
    if (hashOf(next) === hashOf(place)) return
    if (isStep) location.replace(hashOf(next))
    else {
      steps.current++
      go(next)
    }
  }
  const look = (id: string) => change({ at: id }, true)
  const grow = (id: string) => {
    const has = asked.of.length > 0
    const isDone = !has || [...(scene.near.get(id) ?? [])].every(other => scene.shown.nodes.has(other))
    if (isDone) look(id)
    else change({ of: withOne(asked.of, id), at: id })
  }
  const pin = (id: string, to: readonly [number, number] | null) => {
    const pins = new Map(asked.pins)
    if (to) pins.set(id, to)
    else pins.delete(id)
    change({ pin: pinText(pins), at: id })
  }
  const undo = () => {
    if (!steps.current) return
    steps.current--
    history.back()
  }
  const title = says(asked.view, 'title', lang)
  return (
    <div class="network">
      <h1>{title}</h1>
      <details class="about">
        <summary>{say(lang, marked('What nodes, edges and weights are here'))}</summary>
        <dl class="values">
          {(['node', 'edge', 'weight', 'date', 'pitfalls'] as const).map(what => <div key={what}><dt>{say(lang, SAID[what] as string)}</dt><dd>{says(asked.view, what, lang)}</dd></div>)}
        </dl>
      </details>
      <Without graph={graph} view={asked.name} />
      <Controls data={data} graph={graph} asked={asked} lang={lang} onChange={change} />
      <Starts graph={graph} scene={scene} lang={lang} onChange={change} onUndo={steps.current ? undo : null} />
      <Notes scene={scene} lang={lang} />
      <div class="both">
        <div class="side">
          <Looked
            data={data} graph={graph} scene={scene} lang={lang} onLook={look} onGrow={grow}
            onOnly={id => change({ of: id, without: '', pin: '', at: id })} onPin={id => pin(id, asked.pins.has(id) ? null : (scene.places.get(id) ?? null))}
            onLeave={id => change({ without: withOne(asked.without, id), of: asked.of.filter(one => one !== id).join(' '), at: '' })}
          />
          <Lists graph={graph} scene={scene} looks={looks} lang={lang} onLook={look} />
        </div>
        <div class="drawn">
          <Stage scene={scene} looks={looks} tones={tones} lang={lang} onLook={look} onGrow={grow} onPin={pin} onUndo={undo} />
          <Legend scene={scene} looks={looks} lang={lang} />
          <Exports graph={graph} scene={scene} looks={looks} tones={tones} lang={lang} title={title} />
        </div>
      </div>
    </div>
  )
}

const SAID: Readonly<Record<string, string>> = {
  node: marked('node'), edge: marked('edge'), weight: marked('weight'), date: marked('date'), pitfalls: marked('pitfalls'),
}

interface StartsProps {
  readonly graph: PageProps['graph']
  readonly scene: Scene
  readonly lang: Lang
  readonly onChange: (parts: Readonly<Record<string, string>>) => void
  /** Null where there is nothing to undo. */
  readonly onUndo: (() => void) | null
}

/** From where the network grows, and finding a node of it. */
function Starts({ graph, scene, lang, onChange, onUndo }: StartsProps) {
  const [text, type] = useState('')
  const { asked, whole } = scene
  const known = new Set([...whole.nodes.values()].map(node => node.iri))
  const suggest = async (typed: string) => {
    const found = await things(graph, typed, lang)
    return [...found.filter(one => known.has(iriOf(one.value))), ...found.filter(one => !known.has(iriOf(one.value)))]
  }
  const choose = (value: string) => {
    type('')
    const isShown = scene.shown.nodes.has(value)
    onChange(asked.of.length && !isShown ? { of: withOne(asked.of, value), at: value } : isShown ? { at: value } : { of: value, at: value })
  }
  const iriOf = (value: string) => whole.nodes.get(value)?.iri ?? value
  const name = (id: string) => labelledId(graph, scene, id, lang)
  return (
    <div class="starts">
      <Finder title={say(lang, marked('Find a node, or start from it'))} name="find" value={text} hint={say(lang, marked('BSI, 国家标准委, ISO/TC 46 …'))} suggest={suggest} onInput={type} onChoose={choice => choose(choice.value)} />
      <p class="deeds">
        {asked.of.length
          ? <button type="button" class="plain" onClick={() => onChange({ of: '', without: '', pin: '' })}>{say(lang, marked('Show the whole view'))}</button>
          : asked.at && scene.shown.nodes.has(asked.at) ? <button type="button" class="plain" onClick={() => onChange({ of: asked.at, without: '', pin: '' })}>{say(lang, marked('Only what is around {name}'), { name: name(asked.at) })}</button> : null}
        {asked.without.length ? <button type="button" class="plain" onClick={() => onChange({ without: '' })}>{say(lang, marked('Bring back what was taken away'))}</button> : null}
        <button type="button" class="plain" disabled={!onUndo} onClick={onUndo ?? undefined}>{say(lang, marked('Undo'))}</button>
      </p>
      {asked.of.length ? <p class="count">{say(lang, marked('Grown from: {names}. Click a node with a dotted ring to add its neighbours.'), { names: asked.of.map(name).join(lang === 'zh' ? '、' : ', ') })}</p> : null}
    </div>
  )
}

function labelledId(graph: PageProps['graph'], { whole }: Scene, id: string, lang: Lang): string {
  const node = whole.nodes.get(id)
  return node ? labelled(node, lang) : (graph.names.all.find(one => one.iri.endsWith(`/id/${id}`))?.label(lang) ?? id)
}

/** What was left out, and what does not go together. */
function Notes({ scene, lang }: { readonly scene: Scene; readonly lang: Lang }) {
  const { asked, whole, around, backbone, shown } = scene
  const left = Object.entries(whole.leftOut).filter(([, number]) => number)
  const told = [
    say(lang, marked('{nodes} nodes, {edges} edges'), { nodes: shown.nodes.size, edges: shown.edges.length }),
    ...(asked.of.length && !around.length ? [say(lang, marked('This thing has no tie in this view, or none that is chosen.'))] : []),
    ...left.map(([why, number]) => say(lang, marked('left out: {number} ties {reason}'), { number, reason: phrase(why) })),
    ...(asked.backbone && !backbone ? [say(lang, marked('The backbone of this view is too large to be computed here; `stdgraph network backbone` does.'))] : []),
    ...(backbone?.isWhole ? [say(lang, marked('The backbone is that of the whole view, tested when this page was made ({tests} pairs, SDSM); other conditions do not count.'), { tests: backbone.tests })] : []),
    ...(backbone && !backbone.isWhole ? [say(lang, marked('Kept by the disparity filter at 0.05, of {tests} tests.'), { tests: backbone.tests })] : []),
  ]
  return <p class="count notes" aria-live="polite">{told.join(' · ')}</p>
}

function Legend({ scene, looks, lang }: { readonly scene: Scene; readonly looks: Looks; readonly lang: Lang }) {
  const { asked, shown } = scene
  const { view } = shown
  const [least, most] = looks.range.map(value => String(Number(value.toPrecision(3))))
  return (
    <section class="legend" aria-label={say(lang, marked('Legend'))}>
      <h3>{titleOf(asked.colour, lang)}</h3>
      <ul>
        {looks.swatches.map(({ label, colour, count }) => (
          <li key={label}><svg width="14" height="14" aria-hidden="true"><circle cx="7" cy="7" r="6" fill={colour} /></svg> {label} <small>{count}</small></li>
        ))}
      </ul>
      {asked.colour === 'community' ? <p class="count">{say(lang, marked('Communities are those of the whole view.'))}</p> : null}
      <p class="count">
        {say(lang, marked('Size: {measure}, {least} to {most}. Thicker edges weigh more.'), { measure: titleOf(asked.size, lang), least: least ?? '', most: most ?? '' })}
        {view.mode === 'two-mode' && !scene.backbone ? ` ${say(lang, marked('Round: {left}; square: {right}.'), { left: wordOf(view.left, lang), right: wordOf(view.right, lang) })}` : ''}
        {view.mode === 'directed' ? ` ${say(lang, marked('Arrows show the way of an edge.'))}` : ''}
      </p>
    </section>
  )
}
