// The engine of `stdgraph serve`, asked over SPARQL 1.1: nothing is downloaded for it. Where the server cannot be reached, the
// worker of this page is begun, and answers from then on; it also answers what is longer than a server reads.

import type { Engine, Fault, Found, Limits, RdfTerm, Solution } from './engine'

interface Results {
  readonly head: { readonly vars?: readonly string[] }
  readonly boolean?: boolean
  readonly results?: { readonly bindings: readonly Record<string, RdfTerm>[] }
}

/** What the server tells of a fault (RFC 9457). */
interface Problem {
  readonly detail?: string
  readonly message?: string
  readonly line?: number
  readonly column?: number
}

const FORMS = 'application/sparql-results+json, application/n-triples'
/** Says that the server left rows out. */
const CUT = 'X-SPARQL-MaxRows'
/** So many characters of a query the server reads (`MOST_CHARACTERS` of `services/query`). */
const LONGEST = 100_000
/** So many seconds, and times, one waits for a server that is busy. */
const PATIENCE = { most: 10, times: 5 }

export class RemoteEngine implements Engine {
  readonly ready: Promise<void>
  /** The engine of this page, once it is needed; and whether the server could not be reached. */
  private local: Promise<Engine> | undefined
  private isLost = false
  private readonly running = new Set<AbortController>()

  constructor(private readonly url: string, private readonly begin: () => Promise<Engine>) {
    this.ready = this.query('ASK { }').then(async found => {
      if (this.isLost) return (await this.local)?.ready
      if (found.kind === 'fault') throw new Error(found.detail || found.fault)
    })
  }

  get isWhole(): boolean {
    return !this.isLost
  }

  async query(sparql: string, limits: Limits = {}): Promise<Found> {
    if (this.isLost || sparql.length > LONGEST) return this.own(sparql, limits)
    const work = new AbortController()
    this.running.add(work)
    let ended: 'time' | 'stopped' = 'stopped'
    const timer = limits.seconds === undefined ? undefined : setTimeout(() => ((ended = 'time'), work.abort()), 1000 * limits.seconds)
    try {
      return await this.asked(sparql, limits.limit ?? Number.MAX_SAFE_INTEGER, work.signal)
    } catch {
      if (work.signal.aborted) return { kind: 'fault', fault: ended, detail: '' }
      this.isLost = true
      return await this.own(sparql, limits)
    } finally {
      clearTimeout(timer)
      this.running.delete(work)
    }
  }

  /** Asks the engine of this page; where that cannot be loaded either, the next query looks for the server again. */
  private async own(sparql: string, limits: Limits): Promise<Found> {
    try {
      return await (await (this.local ??= this.begin())).query(sparql, limits)
    } catch (error) {
      this.local = undefined
      this.isLost = false
      return { kind: 'fault', fault: 'engine', detail: String(error) }
    }
  }

  stop(): void {
    for (const one of this.running) one.abort()
    void this.local?.then(one => one.stop(), () => {})
  }

  private async asked(sparql: string, limit: number, signal: AbortSignal, turn = 0): Promise<Found> {
    const headers = { 'Content-Type': 'application/sparql-query', Accept: FORMS }
    const answer = await fetch(this.url, { method: 'POST', body: sparql, headers, signal })
    const after = Number(answer.headers.get('Retry-After'))
    if (after > 0 && after <= PATIENCE.most && turn < PATIENCE.times) {
      await new Promise(done => setTimeout(done, 1000 * after))
      return this.asked(sparql, limit, signal, turn + 1)
    }
    const text = await answer.text()
    if (!answer.ok) return fault(answer.status, text)
    const isCut = answer.headers.has(CUT)
    return answer.headers.get('Content-Type')?.startsWith('application/n-triples') ? triples(text, limit, isCut) : rows(text, limit, isCut)
  }
}

function rows(text: string, limit: number, isCut: boolean): Found {
  const read = JSON.parse(text) as Results
  if (read.boolean !== undefined) return { kind: 'truth', value: read.boolean }
  const all: readonly Solution[] = read.results?.bindings ?? []
  return { kind: 'rows', columns: read.head.vars ?? [], rows: all.slice(0, limit), cut: isCut || all.length > limit }
}

function triples(text: string, limit: number, isCut: boolean): Found {
  const all = text.split('\n').filter(Boolean)
  return { kind: 'triples', lines: all.slice(0, limit), cut: isCut || all.length > limit }
}

/** Throws where no server of ours answers: then this page's own engine is asked. */
function fault(status: number, text: string): Fault {
  const { detail = '', message, line, column } = JSON.parse(text) as Problem
  if (line !== undefined && column !== undefined) return { kind: 'fault', fault: 'syntax', detail: message ?? detail, line, column }
  return { kind: 'fault', fault: status === 504 ? 'time' : 'engine', detail }
}
