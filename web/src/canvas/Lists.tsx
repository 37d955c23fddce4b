// The same network as lists of its nodes and of its edges, for those who read rather than look.

import { useMemo, useState } from 'preact/hooks'
import type { Graph } from '../graph/reads'
import { type Lang, marked } from '../locale/locale'
import type { Looks } from '../networks/looks'
import { titleOf } from '../networks/looks'
import { labelled, type Node } from '../networks/network'
import { say } from '../shell/context'
import { kindLabel } from './Looked'
import type { Scene } from './scene'

const FEW = 60

interface Props {
  readonly graph: Graph
  readonly scene: Scene
  readonly looks: Looks
  readonly lang: Lang
  readonly onLook: (id: string) => void
}

interface Row {
  readonly id: string
  readonly cells: readonly (string | number)[]
}

interface Listing {
  readonly heads: readonly string[]
  readonly rows: readonly Row[]
}

export function Lists({ graph, scene, looks, lang, onLook }: Props) {
  const [isEdges, turn] = useState(false)
  const [{ column, isDown }, sort] = useState({ column: -1, isDown: false })
  const [isAll, more] = useState(false)
  const listing = useMemo(() => (isEdges ? edges(graph, scene, lang) : nodes(graph, scene, looks, lang)), [graph, scene, looks, lang, isEdges])
  const rows = useMemo(() => sorted(listing.rows, column, isDown, lang), [listing, column, isDown, lang])
  const change = (to: boolean) => {
    turn(to)
    sort({ column: -1, isDown: false })
    more(false)
  }
  const { shown, asked } = scene
  const tab = (to: boolean, title: string, count: number) => (
    <button type="button" class="plain" aria-pressed={isEdges === to} onClick={() => change(to)}>{title} <small>{count}</small></button>
  )
  return (
    <section class="lists" aria-label={say(lang, marked('The network as lists'))}>
      <p class="deeds">{tab(false, say(lang, marked('Nodes')), shown.nodes.size)} {tab(true, say(lang, marked('Edges')), shown.edges.length)}</p>
      {rows.length ? (
        <div class="wide" tabIndex={0} role="region" aria-label={say(lang, isEdges ? marked('Edges') : marked('Nodes'))}>
          <table>
            <thead>
              <tr>
                {listing.heads.map((title, at) => (
                  <th key={title} scope="col" aria-sort={column === at ? (isDown ? 'descending' : 'ascending') : undefined}>
                    <button type="button" onClick={() => sort({ column: at, isDown: column === at && !isDown })}>
                      {title}<span aria-hidden="true">{column === at ? (isDown ? ' ▼' : ' ▲') : ''}</span>
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, isAll ? undefined : FEW).map(({ id, cells }) => (
                <tr key={id} aria-current={asked.at === id ? 'true' : undefined}>
                  {cells.map((cell, at) => (
                    <td key={at} data-title={listing.heads[at]} class={typeof cell === 'number' ? 'number' : undefined}>
                      {at ? told(cell) : <button type="button" class="link" onClick={() => onLook(id)}>{cell}</button>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : <p>{say(lang, marked('Nothing found.'))}</p>}
      {!isAll && rows.length > FEW ? <p><button type="button" class="plain" onClick={() => more(true)}>{say(lang, marked('All {rows} rows'), { rows: rows.length })}</button></p> : null}
    </section>
  )
}

function nodes(graph: Graph, { shown, asked }: Scene, looks: Looks, lang: Lang): Listing {
  const value = (node: Node) => looks.values.get(node.id) ?? 0
  const rows = [...shown.nodes.values()].sort((a, b) => value(b) - value(a)).map(node => ({
    id: node.id, cells: [labelled(node, lang), graph.names.kindWord(node.kind, lang), value(node)],
  }))
  return { heads: [say(lang, marked('node')), say(lang, marked('kind')), titleOf(asked.size, lang)], rows }
}

function edges(graph: Graph, { shown }: Scene, lang: Lang): Listing {
  const name = (id: string) => labelled(shown.nodes.get(id) as Node, lang)
  const sign = shown.view.mode === 'directed' ? '→' : '–'
  const hasKinds = shown.edges.some(edge => edge.kinds.length)
  const rows = [...shown.edges].sort((a, b) => b.weight - a.weight).map(edge => ({
    id: edge.key,
    cells: [
      `${name(edge.a)} ${sign} ${name(edge.b)}`,
      edge.weight,
      ...(hasKinds ? [edge.kinds.map(kind => kindLabel(graph, kind, lang)).join(lang === 'zh' ? '；' : '; '), edge.first ?? ''] : []),
    ],
  }))
  const more = hasKinds ? [say(lang, marked('kind')), say(lang, marked('since'))] : []
  return { heads: [say(lang, marked('edge')), say(lang, marked('weight')), ...more], rows }
}

function sorted(rows: readonly Row[], column: number, isDown: boolean, lang: Lang): readonly Row[] {
  if (column < 0) return rows
  const sign = isDown ? -1 : 1
  return [...rows].sort((a, b) => {
    const [one, other] = [a.cells[column] ?? '', b.cells[column] ?? '']
    return sign * (typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other), lang))
  })
}

function told(cell: string | number): string {
  return typeof cell === 'number' ? String(Number(cell.toPrecision(4))) : cell
}
