// A query taken apart: its head, and the patterns of its groups one by one, as the text says them.
// The twin of stdgraph/storage/patterns.py.

import { pairs, Token, tokens } from './tokens'

export const FORMS = ['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE'] as const
const TERMS = new Set(['iri', 'name', 'var', 'string'])
const VALUE = /^(TRUE|FALSE|[+-]?[0-9.]+(E[+-]?[0-9]+)?)$/
const WITH_GROUP = new Set(['OPTIONAL', 'MINUS', 'GRAPH', 'SERVICE', 'LATERAL'])

export type Wanted = '{' | '(' | '.' | 'subject' | 'predicate' | 'object'

/** What stands at a token is not what is expected there. */
export class Unreadable extends Error {
  constructor(
    readonly at: number,
    readonly wanted: Wanted,
  ) {
    super(wanted)
  }
}

/** One part of a group: `triple`, `filter`, `optional`, `group`, `union`, or another keyword's; where it begins; the token that opens the group inside. */
export interface Element {
  readonly kind: string
  readonly text: string
  readonly start: number
  readonly opened: number
}

export function isForm(word: string): boolean {
  return (FORMS as readonly string[]).includes(word)
}

/** A query taken apart. */
export class Taken {
  readonly tokens: readonly Token[]
  /** The closing bracket of each opening one. */
  readonly closed: ReadonlyMap<number, number>
  /** The token of SELECT, ASK, CONSTRUCT or DESCRIBE, -1 if there is none. */
  readonly form: number

  constructor(readonly text: string) {
    this.tokens = tokens(text)
    this.closed = pairs(this.tokens).closed
    this.form = this.tokens.findIndex(token => isForm(token.upper))
  }

  /** What stands before the form: BASE and PREFIX. */
  get prologue(): string {
    return this.text.slice(0, this.token(this.form).start)
  }

  /** Returns a token; behind the last one an empty one. */
  token(at: number): Token {
    return this.tokens[at] ?? new Token('sign', '', this.text.length)
  }

  /** Returns the token that closes what one opens, or the same. */
  close(at: number): number {
    return this.closed.get(at) ?? at
  }

  /** Returns the token that opens the WHERE group of a query or subquery, -1 if none, and its FROM clauses. */
  where(form: number): [number, string] {
    let dataset = ''
    const hasTemplate = this.sign(form) === 'CONSTRUCT'
    for (let at = form + 1; at < this.tokens.length; ) {
      const { upper, text } = this.token(at)
      if (upper === 'FROM') {
        const end = at + (this.sign(at + 1) === 'NAMED' ? 2 : 1)
        dataset += `${this.between(at, end + 1)}\n`
        at = end
      }
      if (text === '{' && !(hasTemplate && at === form + 1)) return [at, dataset]
      if (text === '}' || isForm(upper)) break
      at = this.close(at) + 1
    }
    return [-1, dataset]
  }

  /** Returns a sign or, in capitals, a word; nothing for what is neither. */
  sign(at: number): string {
    const token = this.tokens[at]
    return token === undefined ? '' : token.kind === 'sign' ? token.text : token.upper
  }

  /** Returns the kind of a token, nothing behind the last. */
  kind(at: number): string {
    return this.tokens.at(at)?.kind ?? ''
  }

  /** Returns the text from a token up to another, without that one. */
  between(at: number, end: number): string {
    return end > at ? this.text.slice(this.token(at).start, this.token(end - 1).end) : ''
  }

  /** Returns the parts of a group, a triple for each value; throws Unreadable. */
  elements(opened: number): Element[] {
    const last = this.closed.get(opened) ?? this.tokens.length
    const found: Element[] = []
    for (let at = opened + 1; at < last; ) {
      if (this.sign(at) === '.') {
        at += 1
        continue
      }
      const [parts, end] = this.element(at)
      found.push(...parts)
      at = end
    }
    return found
  }

  private element(at: number): [Element[], number] {
    const word = this.sign(at)
    let end: number
    if (word === '{') {
      end = this.close(at) + 1
      let kind = this.sign(at + 1) === 'SELECT' ? 'subselect' : 'group'
      while (this.sign(end) === 'UNION') {
        end = this.group(end + 1) + 1
        kind = 'union'
      }
      return [[this.made(kind, at, end, at)], end]
    }
    if (word === 'FILTER' || word === 'BIND') end = this.expression(at + 1, word)
    else if (word === 'VALUES') end = this.group(at + 1, 3) + 1
    else if (WITH_GROUP.has(word)) {
      end = this.group(at + 1, 3) + 1
      let opened = at
      while (this.sign(opened) !== '{') opened += 1
      return [[this.made(word.toLowerCase(), at, end, opened)], end]
    } else return this.triples(at)
    return [[this.made(word.toLowerCase(), at, end)], end]
  }

  private made(kind: string, at: number, end: number, opened = -1): Element {
    return { kind, text: this.between(at, end), start: this.token(at).start, opened }
  }

  /** Returns the token that closes the group which begins here, or behind a few tokens. */
  private group(at: number, skipped = 0): number {
    for (let left = skipped; left && this.sign(at) !== '{'; left--) at = this.close(at) + 1
    if (this.sign(at) !== '{') throw new Unreadable(at, '{')
    return this.close(at)
  }

  /** Returns the end of what a FILTER or BIND says. */
  private expression(at: number, word: string): number {
    while (this.sign(at) === 'NOT' || this.sign(at) === 'EXISTS') {
      at += 1
      if (this.sign(at) === '{') return this.close(at) + 1
    }
    if (this.sign(at) !== '(') {
      if (!(word === 'FILTER' && ['word', 'name', 'iri'].includes(this.kind(at)) && this.sign(at + 1) === '(')) throw new Unreadable(at, '(')
      at += 1
    }
    return this.close(at) + 1
  }

  /** Returns a triple for each value of a subject; those of a blank node without name stay together. */
  private triples(first: number): [Element[], number] {
    const found: Element[] = []
    const isNameless = this.sign(first) === '[' || this.sign(first) === '('
    const subject = this.term(first, 'subject')
    let at = subject
    const isEnd = ['.', '}'].includes(this.sign(at)) || (['', 'word'].includes(this.kind(at)) && this.sign(at) !== 'A')
    if (this.sign(first) === '[' && isEnd) return [[this.made('triple', first, at)], at]
    for (;;) {
      const begun = at
      const verb = (at = this.path(at))
      for (;;) {
        const value = at
        at = this.term(at, 'object')
        const text = `${this.between(first, subject)} ${this.between(begun, verb)} ${this.between(value, at)}`
        const start = !found.length ? first : verb === value ? begun : value
        found.push({ kind: 'triple', text, start: this.token(start).start, opened: -1 })
        if (this.sign(at) !== ',') break
        at += 1
      }
      const ended = at
      while (this.sign(at) === ';') at += 1
      if (ended === at || ['.', '}', ']'].includes(this.sign(at))) break
    }
    if (TERMS.has(this.kind(at)) || this.sign(at) === '(' || this.sign(at) === '[') throw new Unreadable(at, '.')
    return [isNameless ? [this.made('triple', first, at)] : found, at]
  }

  /** Returns the end of a subject or object. */
  private term(at: number, wanted: Wanted): number {
    if (this.sign(at) === '[' || this.sign(at) === '(') return this.close(at) + 1
    if (this.sign(at) === '+' || this.sign(at) === '-') at += 1
    if (!TERMS.has(this.kind(at)) && !VALUE.test(this.sign(at))) throw new Unreadable(at, wanted)
    if (this.kind(at) === 'string') {
      if (this.sign(at + 1) === '@') return at + 3
      if (this.sign(at + 1) === '^' && this.sign(at + 2) === '^') return at + 4
    }
    return at + 1
  }

  /** Returns the end of a property or path. */
  private path(at: number): number {
    for (;;) {
      while (this.sign(at) === '^' || this.sign(at) === '!') at += 1
      if (this.sign(at) === '(') at = this.close(at)
      else if (!['iri', 'name', 'var'].includes(this.kind(at)) && this.sign(at) !== 'A') throw new Unreadable(at, 'predicate')
      at += 1
      while (['*', '+', '?'].includes(this.sign(at))) at += 1
      if (this.sign(at) !== '/' && this.sign(at) !== '|') return at
      at += 1
    }
  }
}
