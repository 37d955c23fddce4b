// Files of the network that is shown: the picture, and what other programs read.

import { useState } from 'preact/hooks'
import type { Graph } from '../graph/reads'
import { type Lang, marked } from '../locale/locale'
import { gexf, nodeLink } from '../networks/formats'
import { titleOf, type Looks } from '../networks/looks'
import { toldOf } from '../networks/network'
import { placesOf } from '../networks/read'
import { Failure } from '../pages/Failure'
import { say } from '../shell/context'
import { save } from '../shell/save'
import type { Tones } from './marks'
import { png, svg } from './picture'
import { linesOf, marksOf, type Scene } from './scene'

interface Props {
  readonly graph: Graph
  readonly scene: Scene
  readonly looks: Looks
  readonly tones: Tones
  readonly lang: Lang
  readonly title: string
}

export function Exports({ graph, scene, looks, tones, lang, title }: Props) {
  const [error, fail] = useState<unknown>(null)
  const { asked, shown, backbone } = scene
  const picture = () => svg(marksOf(scene, looks, lang), linesOf(scene), looks, {
    title, tones, lang, isDirected: shown.view.mode === 'directed', colourTitle: titleOf(asked.colour, lang), sizeTitle: titleOf(asked.size, lang),
    below: `stdgraph ${graph.app.stdgraph} · ${graph.app.data.slice(0, 19)} · ${graph.app.licence} · ${say(lang, marked('{nodes} nodes, {edges} edges'), { nodes: shown.nodes.size, edges: shown.edges.length })}`,
  })
  const told = () => toldOf(shown, graph.app, backbone && { correction: asked.backbone, tests: backbone.tests })
  const forms: readonly (readonly [string, string, () => Promise<Blob | string>])[] = [
    ['png', 'image/png', () => png(picture())],
    ['svg', 'image/svg+xml', async () => picture()],
    ['gexf', 'application/xml', async () => gexf(shown, told(), await placesOf(graph, shown), lang)],
    ['json', 'application/json', async () => `${JSON.stringify(nodeLink(shown, told(), await placesOf(graph, shown)), null, 1)}\n`],
  ]
  const give = async (form: string, type: string, make: () => Promise<Blob | string>) => {
    fail(null)
    try {
      save(`${asked.name}.${form}`, await make(), type)
    } catch (fault) {
      fail(fault)
    }
  }
  return (
    <div class="exports">
      <p class="deeds">
        {say(lang, marked('Save as'))}{' '}
        {forms.map(([form, type, make]) => <button key={form} type="button" class="plain" onClick={() => void give(form, type, make)}>{form.toUpperCase()}</button>)}
      </p>
      {error ? <Failure error={error} /> : null}
    </div>
  )
}
