// Opens the graph that came with the page: the data at once, the engine and the search in their workers meanwhile.

import { type AppData, type NamesData, read, type Source, source } from '../bundle/bundle'
import type { Engine } from '../engine/engine'
import { LocalEngine } from '../engine/local'
import { RemoteEngine } from '../engine/remote'
import { Graph } from '../graph/reads'
import { speak } from '../locale/locale'
import { readScript, readWords } from '../model/spelling'
import { Names } from '../storage/names'
import { Seeker } from '../storage/seeker'

/** Returns the graph; its engine is `ready` some time later, and answers what was asked before that. */
export async function open(): Promise<Graph> {
  const from = source()
  const packed = Promise.all([from.script('seeker.js'), from.packed('app.json'), from.packed('names.json'), from.packed('answers.json')])
  const [app, data] = await Promise.all([read<AppData>(from, 'app.json'), read<NamesData>(from, 'names.json')])
  speak(app.chinese)
  readScript(app.script)
  readWords(app.finding.spelling.EMPTY, app.finding.spelling.ENDINGS)
  const names = new Names(data)
  const [seeker, ...parts] = await packed
  const engine = await made(from, app.endpoint)
  const load = { app: parts[0], names: parts[1], answers: parts[2] }
  const search = new Seeker(new Worker(urlOf(seeker)), load, names)
  void engine.ready.then(() => search.prepare(), () => {}) // not before: the engine is waited for
  return new Graph(engine, names, app, search)
}

/** Returns the engine of the server that made this page, or that of the page itself. */
async function made(from: Source, endpoint: string): Promise<Engine> {
  return endpoint ? new RemoteEngine(new URL(endpoint, document.baseURI).href, () => local(from)) : local(from)
}

async function local(from: Source): Promise<Engine> {
  const [wasm, graph, script] = await Promise.all([from.packed('engine.wasm'), from.packed('graph.trig'), from.script('worker.js')])
  const url = urlOf(script)
  return new LocalEngine({ start: () => new Worker(url), wasm, graph })
}

/** Returns the address of a script in this page, whose policy is that of the page. */
function urlOf(script: string): string {
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
}
