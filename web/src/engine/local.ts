// The engine in a worker of this page. A worker that trapped, took too long or was stopped is ended, and a fresh one
// loads the graph; what waited is answered then. Queries run one by one.

import type { Engine, Fault, Found, Limits } from './engine'
import type { Told } from './worker'

interface Waiting {
  readonly id: number
  readonly sparql: string
  readonly limits: Limits
  readonly done: (found: Found) => void
}

export interface Parts {
  /** Returns a new worker with the script of worker.ts. */
  readonly start: () => Worker
  /** The engine's bytes, gzipped. */
  readonly wasm: ArrayBuffer
  /** The graph as TriG, gzipped. */
  readonly graph: ArrayBuffer
}

const EVERYTHING = Number.MAX_SAFE_INTEGER

export class LocalEngine implements Engine {
  readonly ready: Promise<void>
  readonly isWhole = false
  private worker: Worker | undefined
  private isLoaded = false
  private running: Waiting | undefined
  private waiting: Waiting[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private count = 0
  private settle: { done: () => void; failed: (error: Error) => void } | undefined

  constructor(private readonly parts: Parts) {
    this.ready = new Promise((done, failed) => (this.settle = { done, failed }))
    this.begin()
  }

  query(sparql: string, limits: Limits = {}): Promise<Found> {
    return new Promise(done => {
      this.waiting.push({ id: ++this.count, sparql, limits, done })
      this.next()
    })
  }

  stop(): void {
    const ended = this.waiting.splice(0)
    if (this.running) this.end({ kind: 'fault', fault: 'stopped', detail: '' })
    for (const one of ended) one.done({ kind: 'fault', fault: 'stopped', detail: '' })
  }

  private begin(): void {
    this.isLoaded = false
    const worker = this.parts.start()
    this.worker = worker
    worker.onmessage = (event: MessageEvent<Told>) => this.told(event.data)
    worker.onerror = event => this.failed(event.message || 'the worker did not start')
    worker.postMessage({ wasm: this.parts.wasm, graph: this.parts.graph })
  }

  private told(told: Told): void {
    if ('ready' in told) {
      this.isLoaded = true
      this.settle?.done()
      this.next()
    } else if ('broken' in told) {
      this.failed(told.broken)
    } else if (told.id === this.running?.id) {
      this.answered(told.found)
    }
  }

  private answered(found: Found): void {
    if (found.kind === 'fault' && found.fault === 'engine') return this.end(found)
    const { done } = this.running as Waiting
    this.free()
    done(found)
    this.next()
  }

  private next(): void {
    if (!this.isLoaded || this.running) return
    const one = this.waiting.shift()
    if (!one) return
    this.running = one
    const { limit = EVERYTHING, seconds } = one.limits
    this.worker?.postMessage({ id: one.id, sparql: one.sparql, limit })
    if (seconds !== undefined) {
      this.timer = setTimeout(() => this.end({ kind: 'fault', fault: 'time', detail: '' }), 1000 * seconds)
    }
  }

  /** Ends the worker with what it runs, and begins anew. */
  private end(fault: Fault): void {
    this.worker?.terminate()
    const one = this.running
    this.free()
    this.begin()
    one?.done(fault)
  }

  private free(): void {
    clearTimeout(this.timer)
    this.running = undefined
  }

  /** The worker cannot be used at all: everything that waits is told so. */
  private failed(detail: string): void {
    this.settle?.failed(new Error(detail))
    const fault: Fault = { kind: 'fault', fault: 'engine', detail }
    if (this.isLoaded && this.running) return this.end(fault)
    for (const one of this.waiting.splice(0)) one.done(fault)
  }
}
