// Opens the graph that came with the page: the data at once, the engine and the search in their workers meanwhile.

import { type AppData, type NamesData, read, source } from '../bundle/bundle'
import { LocalEngine } from '../engine/local'
import { Graph } from '../graph/reads'
import { speak } from '../locale/locale'
import { readScript, readWords } from '../model/spelling'
import { Names } from '../storage/names'
import { Seeker } from '../storage/seeker'

/** Returns the graph; its engine is `ready` some time later, and answers what was asked before that. */
export async function open(): Promise<Graph> {
  const from = source()
  const packed = Promise.all([
    from.packed('engine.wasm'), from.packed('graph.trig'), from.script('worker.js'), from.script('seeker.js'),
    from.packed('app.json'), from.packed('names.json'), from.packed('answers.json'),
  ])
  const [app, data] = await Promise.all([read<AppData>(from, 'app.json'), read<NamesData>(from, 'names.json')])
  speak(app.chinese)
  readScript(app.script)
  readWords(app.finding.spelling.EMPTY, app.finding.spelling.ENDINGS)
  const names = new Names(data)
  const [wasm, graph, script, seeker, ...parts] = await packed
  const url = urlOf(script)
  const engine = new LocalEngine({ start: () => new Worker(url), wasm, graph })
  const load = { app: parts[0], names: parts[1], answers: parts[2] }
  const search = new Seeker(new Worker(urlOf(seeker)), load, names)
  void engine.ready.then(() => search.prepare(), () => {}) // not before: the engine is waited for
  return new Graph(engine, names, app, search)
}

/** Returns the address of a script in this page, whose policy is that of the page. */
function urlOf(script: string): string {
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
}
