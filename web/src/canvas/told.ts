// Networks as the console of the browser, and the tests, ask for them: the same values as the command line gives.

import type { Graph } from '../graph/reads'
import type { Lang } from '../locale/locale'
import { networks } from '../networks/data'
import { gexf, nodeLink } from '../networks/formats'
import { fitting, MEASURES } from '../networks/measures'
import { toldOf } from '../networks/network'
import { heldOn, placesOf } from '../networks/read'
import { askedOf, type Query } from './asked'
import { sceneOf } from './scene'

/** Returns what an address of the canvas shows: as node-link JSON, as GEXF, as measures by node, or where each node stands. */
export async function networkTold(graph: Graph, query: Query, form: 'json' | 'gexf' | 'measures' | 'places', lang: Lang): Promise<unknown> {
  const data = await networks()
  const asked = askedOf(data, query)
  const scene = sceneOf(data, graph.names, asked, await heldOn(graph, data, asked.view, asked.choice.asOf))
  const { shown, whole, backbone } = scene
  if (form === 'places') return Object.fromEntries(scene.places)
  if (form === 'measures') return Object.fromEntries(fitting(whole.view.mode).map(name => [name, Object.fromEntries(MEASURES[name]?.of(whole) ?? [])]))
  const told = toldOf(shown, graph.app, backbone && { correction: asked.backbone, tests: backbone.tests })
  const places = await placesOf(graph, shown)
  return form === 'gexf' ? gexf(shown, told, places, lang) : JSON.stringify(nodeLink(shown, told, places))
}
