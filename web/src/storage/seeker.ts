// Looks names up, and understands words, in a worker of this page: a keystroke costs the page a message.

import type { Given, Told, Understood } from '../model/understood'
import type { Why } from './finding'
import type { Named, Names } from './names'

/** What the worker is given: parts of the bundle, gzipped. */
export interface Load {
  readonly app: ArrayBuffer
  readonly names: ArrayBuffer
  readonly answers: ArrayBuffer
}

/** A thing that was found, by its place among all. */
export interface Sought {
  readonly at: number
  readonly matched: string
  readonly score: number
  readonly why: Why
}

/** What the worker does. */
export interface Calls {
  find(text: string, kinds: readonly string[], most: number): readonly Sought[]
  meant(text: string, kinds: readonly string[]): readonly Sought[]
  nearest(text: string, kinds: readonly string[]): readonly Sought[]
  prepare(): Promise<void>
  understand(text: string, whole?: string): Promise<Understood>
  narrow(text: string, told: Told): Promise<readonly number[] | undefined>
  shares(text: string, told: Told): Promise<readonly number[]>
  others(text: string, question: string, given: Given, there: readonly string[]): Promise<readonly string[]>
  wordsOf(iris: readonly string[]): Promise<readonly (readonly string[])[]>
  postings(): Promise<Readonly<Record<string, readonly number[]>>>
}

export interface Deed {
  readonly id: number
  readonly call: keyof Calls
  readonly given: readonly unknown[]
}
export type Reply = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly fault: string }

/** A thing that was found, the name that was, and how near it is, from 0 to 1. */
export interface Hit {
  readonly thing: Named
  readonly matched: string
  readonly score: number
  readonly why: Why
}

export class Seeker {
  private readonly worker: Worker
  private readonly waiting = new Map<number, { done: (value: never) => void; failed: (error: Error) => void }>()
  private count = 0

  constructor(worker: Worker, load: Load, private readonly names: Names) {
    this.worker = worker
    worker.onmessage = (event: MessageEvent<Reply>) => this.told(event.data)
    worker.onerror = event => this.failed(event.message || 'the search did not start')
    worker.postMessage(load)
  }

  /** Returns things of some kinds (of all, if none is named) by name, best first: those of `stdgraph find`. */
  async find(text: string, kinds: readonly string[] = [], most = 20): Promise<Hit[]> {
    return this.hits(await this.call('find', text, kinds, most))
  }

  /** Returns the thing that holds all the words of a name and fits best, and those that fit nearly as well. */
  async meant(text: string, kinds: readonly string[] = []): Promise<Hit[]> {
    return this.hits(await this.call('meant', text, kinds))
  }

  /** Returns the things whose names come nearest to a misspelt one. */
  async nearest(text: string, kinds: readonly string[] = []): Promise<Hit[]> {
    return this.hits(await this.call('nearest', text, kinds))
  }

  /** Makes the index of answers, so that the first question need not wait for it. */
  prepare(): Promise<void> {
    return this.call('prepare')
  }

  /** Returns what a question in one's own words means; a part that says nothing by itself asks of what the whole does. */
  understand(text: string, whole?: string): Promise<Understood> {
    return this.call('understand', text, whole)
  }

  /** Returns the places of the rows of an answer that hold the most of some words; nothing where it stays as it is. */
  narrow(text: string, told: Told): Promise<readonly number[] | undefined> {
    return this.call('narrow', text, told)
  }

  /** Returns how much of some words each row of an answer holds, from 0 to 1. */
  shares(text: string, told: Told): Promise<readonly number[]> {
    return this.call('shares', text, told)
  }

  /** Returns the things that stand in one list with the one that a question was asked of, and not among some. */
  others(text: string, question: string, given: Given, there: readonly string[]): Promise<readonly string[]> {
    return this.call('others', text, question, given, there)
  }

  /** Returns the words of each of some things. */
  wordsOf(iris: readonly string[]): Promise<readonly (readonly string[])[]> {
    return this.call('wordsOf', iris)
  }

  /** Returns the rows of the index of answers by word: the tests compare them. */
  postings(): Promise<Readonly<Record<string, readonly number[]>>> {
    return this.call('postings')
  }

  private call<N extends keyof Calls>(call: N, ...given: Parameters<Calls[N]>): Promise<Awaited<ReturnType<Calls[N]>>> {
    return new Promise((done, failed) => {
      const id = ++this.count
      this.waiting.set(id, { done, failed })
      this.worker.postMessage({ id, call, given } satisfies Deed)
    })
  }

  private hits(found: readonly Sought[]): Hit[] {
    return found.map(({ at, ...one }) => ({ ...one, thing: this.names.all[at] as Named }))
  }

  private told(reply: Reply): void {
    const waiting = this.waiting.get(reply.id)
    this.waiting.delete(reply.id)
    if ('fault' in reply) waiting?.failed(new Error(reply.fault))
    else waiting?.done(reply.value as never)
  }

  private failed(detail: string): void {
    for (const one of this.waiting.values()) one.failed(new Error(detail))
    this.waiting.clear()
  }
}
