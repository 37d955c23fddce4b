// The worker: the engine itself, which holds the graph and answers one query after the other.
// It is a classic script, which a page from disk may start from a blob; its bytes come in the first message.

import { initSync, Store } from 'oxigraph/web.js'
import { unpacked } from '../bundle/unpacked'
import { BASE } from '../model/vocabulary'
import type { Fault, Found, RdfTerm, Solution } from './engine'
import { form, HEAD, hasDataset } from './sparql'

export interface Load {
  readonly wasm: ArrayBuffer
  readonly graph: ArrayBuffer
}
export interface Ask {
  readonly id: number
  readonly sparql: string
  readonly limit: number
}
export type Told = { readonly ready: true } | { readonly broken: string } | { readonly id: number; readonly found: Found }

const scope = self as unknown as { onmessage: unknown; postMessage(told: Told): void }
let store: Store | undefined

scope.onmessage = async (event: MessageEvent<Load | Ask>) => {
  const given = event.data
  if ('wasm' in given) {
    try {
      await load(given)
      scope.postMessage({ ready: true })
    } catch (error) {
      scope.postMessage({ broken: String(error) })
    }
  } else if (store) {
    scope.postMessage({ id: given.id, found: answer(store, given) })
  }
}

async function load({ wasm, graph }: Load): Promise<void> {
  const [bytes, text] = await Promise.all([unpacked(wasm), unpacked(graph)])
  initSync({ module: bytes })
  store = new Store()
  const options = { format: 'application/trig', base_iri: BASE, lenient: true, no_transaction: true }
  store.load(new Uint8Array(text) as never, options)
}

function answer(from: Store, { sparql, limit }: Ask): Found {
  try {
    const asked = form(sparql)
    const isGraph = asked === 'CONSTRUCT' || asked === 'DESCRIBE'
    const text = from.query(`${HEAD} ${sparql}`, {
      base_iri: BASE,
      use_default_graph_as_union: !hasDataset(sparql),
      results_format: isGraph ? 'application/n-triples' : 'application/sparql-results+json',
    }) as string
    return isGraph ? triples(text, limit) : rows(text, limit)
  } catch (error) {
    return fault(error)
  }
}

interface Results {
  readonly head: { readonly vars?: readonly string[] }
  readonly boolean?: boolean
  readonly results?: { readonly bindings: readonly Record<string, RdfTerm>[] }
}

function rows(text: string, limit: number): Found {
  const read = JSON.parse(text) as Results
  if (read.boolean !== undefined) return { kind: 'truth', value: read.boolean }
  const all: readonly Solution[] = read.results?.bindings ?? []
  return { kind: 'rows', columns: read.head.vars ?? [], rows: all.slice(0, limit), cut: all.length > limit }
}

function triples(text: string, limit: number): Found {
  const all = text.split('\n').filter(Boolean)
  return { kind: 'triples', lines: all.slice(0, limit), cut: all.length > limit }
}

/** A fault of syntax names its place; any other leaves an instance that is thrown away. */
function fault(error: unknown): Fault {
  const detail = error instanceof Error ? error.message : String(error)
  const place = /error at ([0-9]+):([0-9]+): /.exec(detail)
  if (!place) return { kind: 'fault', fault: 'engine', detail }
  const line = Number(place[1])
  const column = Number(place[2]) - (line === 1 ? HEAD.length + 1 : 0)
  return { kind: 'fault', fault: 'syntax', detail: detail.slice(place.index + place[0].length), line, column }
}
