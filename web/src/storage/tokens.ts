// The tokens of a SPARQL text, right or wrong, and the bracket that closes each. The twin of stdgraph/storage/tokens.py.

/** `iri`, `name` (with a colon), `word`, `var`, `string` or `sign`. */
export type Kind = 'iri' | 'name' | 'word' | 'var' | 'string' | 'sign'

/** A token, and where it begins. */
export class Token {
  constructor(
    readonly kind: Kind,
    readonly text: string,
    readonly start: number,
  ) {}

  /** The place behind it. */
  get end(): number {
    return this.start + this.text.length
  }

  /** A word as keywords are compared; nothing for what is no word. */
  get upper(): string {
    return this.kind === 'word' ? this.text.toUpperCase() : ''
  }
}

const W = '\\p{L}\\p{N}_'
const TOKEN = new RegExp(
  [
    '<[^<>"{}|^`\\\\\\x00-\\x20]*>',
    '#[^\\r\\n]*',
    '"""(?:[^"\\\\]|\\\\.|"{1,2}(?!"))*(?:"""|$)?',
    "'''(?:[^'\\\\]|\\\\.|'{1,2}(?!'))*(?:'''|$)?",
    '"(?:[^"\\\\\\r\\n]|\\\\.)*"?',
    "'(?:[^'\\\\\\r\\n]|\\\\.)*'?",
    `[?$][${W}]+`,
    `(?<name>[${W}.·‿⁀\\-]*)(?<local>:(?:[${W}.:·‿⁀\\-]|%[0-9A-Fa-f]{2}|\\\\.)*)?`,
  ].join('|'),
  'gsu',
)
const STARTS: Readonly<Record<string, Kind | ''>> = { '<': 'iri', '?': 'var', $: 'var', '#': '' }
export const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const CLOSERS = new Set(Object.values(CLOSING))

/** Returns the tokens of a text without its comments. */
export function tokens(text: string): Token[] {
  return [...text.matchAll(TOKEN)].flatMap(found => of(found, text))
}

function of(found: RegExpMatchArray, text: string): Token[] {
  const taken = found[0]
  const start = found.index ?? 0
  if (!taken) {
    const sign = String.fromCodePoint(text.codePointAt(start) ?? 32)
    return start < text.length && sign.trim() ? [new Token('sign', sign, start)] : []
  }
  if (found.groups?.['name'] !== undefined) return named(taken, start, found.groups['local'] !== undefined)
  const kind = STARTS[taken[0] as string] ?? 'string'
  return kind ? [new Token(kind, taken, start)] : []
}

/** Returns a name or word without the dots and dashes around it, which the pattern of all tokens takes with it. */
function named(taken: string, start: number, hasPrefix: boolean): Token[] {
  const core = taken.replace(/\.+$/, '')
  let begin = core.length - core.replace(/^\.+/, '').length
  if (begin && /\p{Nd}/u.test(core[begin] ?? '')) begin -= 1
  if (!core.replace(/^[.-]+|[.-]+$/g, '')) begin = core.length
  const signs = (from: number, to: number) => [...taken.slice(from, to)].map((sign, at) => new Token('sign', sign, start + from + at))
  const own = begin < core.length ? [new Token(hasPrefix ? 'name' : 'word', core.slice(begin), start + begin)] : []
  return [...signs(0, begin), ...own, ...signs(Math.max(core.length, begin), taken.length)]
}

/** Returns line and column of a place in a text, from 1; a character is one, however long it is. */
export function place(text: string, at: number): [number, number] {
  const before = text.slice(0, at)
  return [before.split('\n').length, [...before.slice(before.lastIndexOf('\n') + 1)].length + 1]
}

/** Returns the place in a text that a line and a column mean. */
export function offset(text: string, line: number, column: number): number {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  return Math.min(text.length, before + [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length)
}

/** The closing bracket of each opening one, and the first fault: opener and closer, -1 for what is not there. */
export interface Pairs {
  readonly closed: ReadonlyMap<number, number>
  readonly fault: readonly [number, number] | null
}

export function pairs(found: readonly Token[]): Pairs {
  const closed = new Map<number, number>()
  const waiting: number[] = []
  for (const [at, token] of found.entries()) {
    if (token.kind !== 'sign') continue
    if (Object.hasOwn(CLOSING, token.text)) waiting.push(at)
    else if (CLOSERS.has(token.text)) {
      const open = waiting.at(-1)
      if (open === undefined || CLOSING[(found[open] as Token).text] !== token.text) return { closed, fault: [open ?? -1, at] }
      waiting.pop()
      closed.set(open, at)
    }
  }
  const open = waiting.at(-1)
  return { closed, fault: open === undefined ? null : [open, -1] }
}
