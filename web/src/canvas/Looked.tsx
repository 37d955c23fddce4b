// What is looked at: a node with what one can do with it, or an edge with its records and where they were read.

import type { Graph } from '../graph/reads'
import { describedRecords } from '../graph/evidence'
import { inWords, type Lang, located, marked } from '../locale/locale'
import { expand, short, STDG, STDGC } from '../model/vocabulary'
import { USUAL } from '../networks/choice'
import { chosen } from '../networks/chosen'
import type { NetworksData } from '../networks/data'
import { titleOf } from '../networks/looks'
import { fitting, MEASURES } from '../networks/measures'
import { type Edge, labelled, type Node } from '../networks/network'
import { Failure } from '../pages/Failure'
import { say, useLink } from '../shell/context'
import { useLater } from '../shell/later'
import { pathOf } from '../shell/router'
import type { Scene } from './scene'

interface Props {
  readonly data: NetworksData
  readonly graph: Graph
  readonly scene: Scene
  readonly lang: Lang
  readonly onLook: (id: string) => void
  readonly onGrow: (id: string) => void
  readonly onOnly: (id: string) => void
  readonly onPin: (id: string) => void
  readonly onLeave: (id: string) => void
}

export function Looked(props: Props) {
  const { scene, lang } = props
  const { at } = scene.asked
  const node = scene.shown.nodes.get(at)
  const edge = scene.shown.edges.find(one => one.key === at)
  if (node) return <OfNode key={at} {...props} node={node} />
  if (edge) return <OfEdge key={at} {...props} edge={edge} />
  return <p class="hint">{say(lang, marked('Choose a node or an edge, in the picture or in the lists.'))}</p>
}

function OfNode({ graph, scene, lang, node, onGrow, onOnly, onPin, onLeave }: Props & { readonly node: Node }) {
  const link = useLink()
  const { id } = node
  const { shown, whole, near, asked } = scene
  const hidden = [...(near.get(id) ?? [])].filter(other => !shown.nodes.has(other)).length
  const country = node.country && graph.names.get(expand(`country/${node.country}`))?.label(lang)
  return (
    <section class="looked" aria-label={labelled(node, lang)}>
      <h2><a href={link(pathOf([node.iri]))}>{labelled(node, lang)}</a></h2>
      <p class="count">{[graph.names.kindWord(node.kind, lang), country !== labelled(node, lang) ? country : ''].filter(Boolean).join(' · ')} <code>{id}</code></p>
      <dl class="values">
        {fitting(whole.view.mode).map(name => (
          <div key={name}><dt>{titleOf(name, lang)}</dt><dd>{number(MEASURES[name]?.of(whole).get(id) ?? 0)}</dd></div>
        ))}
      </dl>
      <p class="deeds">
        {hidden ? <button type="button" class="plain" onClick={() => onGrow(id)}>{say(lang, marked('Add its {number} other neighbours'), { number: hidden })}</button> : null}
        <button type="button" class="plain" onClick={() => onOnly(id)}>{say(lang, marked('Only what is around it'))}</button>
        <button type="button" class="plain" aria-pressed={asked.pins.has(id)} onClick={() => onPin(id)}>{asked.pins.has(id) ? say(lang, marked('Let it go')) : say(lang, marked('Pin'))}</button>
        <button type="button" class="plain" onClick={() => onLeave(id)}>{say(lang, marked('Take it away'))}</button>
      </p>
    </section>
  )
}

function OfEdge(props: Props & { readonly edge: Edge }) {
  const { graph, scene, lang, edge, onLook } = props
  const { shown } = scene
  const name = (id: string) => labelled(shown.nodes.get(id) as Node, lang)
  const sign = shown.view.mode === 'directed' ? '→' : '–'
  const span = edge.first === undefined ? '' : edge.first === edge.last ? edge.first : `${edge.first} – ${edge.last}`
  const facts: [string, string][] = [
    [say(lang, marked('weight')), number(edge.weight)],
    ...(edge.bodies === undefined ? [] : [[say(lang, marked('in common')), String(edge.bodies)] as [string, string]]),
    ...(edge.p === undefined ? [] : [[say(lang, marked('expected by chance')), number(edge.expected ?? 0)], ['p', edge.p.toPrecision(3)]] as [string, string][]),
    ...Object.entries(edge.kindWeights).map(([kind, weight]): [string, string] => [kindLabel(graph, kind, lang), number(weight)]),
    ...(span ? [[say(lang, marked('dates of the records')), span] as [string, string]] : []),
    ...(edge.attested ? [[say(lang, marked('shown for')), edge.attested] as [string, string]] : []),
  ]
  return (
    <section class="looked" aria-label={`${name(edge.a)} ${sign} ${name(edge.b)}`}>
      <h2>
        <button type="button" class="link" onClick={() => onLook(edge.a)}>{name(edge.a)}</button> {sign}{' '}
        <button type="button" class="link" onClick={() => onLook(edge.b)}>{name(edge.b)}</button>
      </h2>
      <dl class="values">{facts.map(([title, value]) => <div key={title}><dt>{title}</dt><dd>{value}</dd></div>)}</dl>
      {edge.records.length ? <Records graph={graph} ids={edge.records} lang={lang} /> : <Shared {...props} />}
    </section>
  )
}

function Records({ graph, ids, lang }: { readonly graph: Graph; readonly ids: readonly string[]; readonly lang: Lang }) {
  const link = useLink()
  const later = useLater(`${lang} ${ids.join(' ')}`, () => describedRecords(graph, ids.map(expand), lang))
  if (later.state === 'failed') return <Failure error={later.error} />
  if (later.state === 'waiting') return <p class="wait">{say(lang, marked('Looking …'))}</p>
  return (
    <>
      <h3>{say(lang, marked('Records'))} ({ids.length})</h3>
      <ol class="records">
        {[...later.value.values()].map(record => (
          <li key={record.iri}>
            <a href={link(pathOf([record.iri]))}>{record.label}</a> <small>{[record.kind, record.date].filter(Boolean).join(' · ')}</small>
            <ul class="places">
              {record.sources.map(source => (
                <li key={`${source.source} ${source.locator}`}>
                  <cite>{source.title}</cite>
                  {source.locator ? <span class="place">{lang === 'zh' ? '，' : ', '}{located(source.locator, lang)}</span> : null}
                  {source.forms.length ? <q class="form">{source.forms.join(' · ')}</q> : null}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  )
}

/** What both ends of an edge of a projection, or of a backbone, have in common. */
function Shared({ data, graph, scene, lang, edge }: Props & { readonly edge: Edge }) {
  const link = useLink()
  const isWhole = scene.backbone?.isWhole ?? false
  const found = chosen(data, scene.asked.view, isWhole ? USUAL : scene.asked.choice, isWhole ? null : scene.held).ties
  const of = (id: string) => new Set(found.filter(tie => tie.a === id).map(tie => tie.b))
  const [one, other] = [of(edge.a), of(edge.b)]
  const both = [...one].filter(id => other.has(id))
  return (
    <>
      <h3>{say(lang, marked('In common'))} ({both.length})</h3>
      <ul class="records">
        {both.map(id => <li key={id}><a href={link(pathOf([expand(id)]))}>{graph.names.get(expand(id))?.label(lang) ?? short(id)}</a></li>)}
      </ul>
    </>
  )
}

/** Returns what people say for a kind of tie. */
export function kindLabel(graph: Graph, kind: string, lang: Lang): string {
  const iris = [`${STDGC}role-${kind}`, STDG + kind]
  const found = iris.map(iri => graph.names.get(iri)?.label(lang)).find(Boolean)
  return found ?? inWords('term', kind, lang)
}

function number(value: number): string {
  return String(Number(value.toPrecision(4)))
}
