// What is wrong with a query that the engine does not read: the cause, at its place, and the right way.
// The twin of stdgraph/storage/mistakes.py.

import { marked, type Phrase, phrase } from '../locale/locale'
import { PREFIXES } from '../model/vocabulary'
import { AGGREGATES, KEYWORDS, OTHERS, WIDE } from './keywords'
import { closeMatches } from './nearest'
import { selected } from './grouped'
import { type Element, FORMS, isForm, Taken, Unreadable, type Wanted } from './patterns'
import { CLOSING, pairs, place, type Token, tokens } from './tokens'

/** A place in the text, and what is wrong there. */
export type Cause = readonly [number, Phrase]
type Look = (taken: Taken, said: string) => Iterable<Cause>

const NUMBER = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/
const WANTED: Readonly<Record<Wanted, Phrase>> = {
  '{': phrase('a group in braces is expected here: write {right}', { right: '{ … }' }),
  '(': phrase('the condition stands in brackets: write {right}', { right: '(…)' }),
  subject: phrase('a triple or a keyword is expected here'),
  predicate: phrase('a property is missing here: a triple is subject, property and value'),
  object: phrase('a value is missing here: a triple is subject, property and value'),
  '.': phrase("a sign is missing before this: '.' ends a triple, ';' goes on with its subject"),
}
const COMPUTED = marked('what is computed stands in brackets, with a name: write {right}')
const NO_SIGN = marked("'{sign}' is no sign of SPARQL: write {right}")
const NO_GROUP = marked('the group of patterns is missing: write {right}')

/** Returns place and cause of what is wrong with a query that the engine refused, saying something; null where it is not seen here. */
export function mistake(text: string, said = ''): Cause | null {
  const taken = new Taken(text)
  const looks: readonly Look[] = [wide, strings, addresses, names, words, brackets, signs, heads, groups, selected]
  for (const look of looks) for (const found of look(taken, said)) return found
  return null
}

function* wide(taken: Taken): Iterable<Cause> {
  for (const { kind, text, start } of taken.tokens) {
    const right = kind === 'sign' ? WIDE.get(text) : undefined
    if (right !== undefined) yield [start, phrase("'{sign}' is a full-width sign: write {right}", { sign: text, right })]
  }
}

function* strings(taken: Taken): Iterable<Cause> {
  for (const [at, { kind, text, start }] of taken.tokens.entries()) {
    if (kind !== 'string') continue
    const quote = ['"""', "'''"].includes(text.slice(0, 3)) ? text.slice(0, 3) : text.slice(0, 1)
    if (text.length < 2 * quote.length || !text.endsWith(quote)) {
      yield [start, phrase('this text is not closed: write {right} behind it', { right: quote })]
    }
    if (taken.sign(at + 1) === '@' && taken.sign(at + 2).includes('_')) {
      const tag = taken.token(at + 2)
      yield [tag.start, phrase("'{name}' is no tag of a language: write {right}", { name: tag.text, right: tag.text.replaceAll('_', '-') })]
    }
  }
}

/** Yields brackets that open an IRI with a space or quote in it. */
function* addresses(taken: Taken): Iterable<Cause> {
  for (const [at, token] of taken.tokens.entries()) {
    if (token.text !== '<' || token.kind !== 'sign' || !['word', 'name'].includes(taken.kind(at + 1))) continue
    const line = taken.text.slice(token.start, token.start + 300).split('\n')[0] as string
    if (taken.token(at + 1).start === token.end && line.includes('>')) yield [token.start, phrase('an IRI in angle brackets has no space, quote or brace in it')]
  }
}

/** Yields prefixes that are not declared, and addresses without their brackets. */
function* names(taken: Taken): Iterable<Cause> {
  const known = new Set(['_', ...Object.keys(PREFIXES)])
  for (const [at, token] of taken.tokens.entries()) {
    if (token.kind !== 'name') continue
    const colon = token.text.indexOf(':')
    const [prefix, local] = [token.text.slice(0, colon), token.text.slice(colon + 1)]
    if (taken.sign(at - 1) === 'PREFIX') known.add(prefix)
    else if (taken.sign(at + 1) === '/' && taken.sign(at + 2) === '/' && !local) {
      const address = (taken.text.slice(token.start).split(/\s/)[0] as string).replace(/[.;,<>{}]+$/, '').slice(0, 100)
      yield [token.start, phrase('an address stands in angle brackets: write {right}', { right: `<${address}>` })]
    } else if (!known.has(prefix)) {
      const right = near(prefix, [...known].filter(one => one && one !== '_').sort(), 0.5)
      const told = { prefix: prefix.slice(0, 100), right }
      yield [token.start, right ? phrase('the prefix {prefix}: is not declared; the nearest is {right}:', told) : phrase('the prefix {prefix}: is not declared', told)]
    }
  }
}

function near(word: string, known: readonly string[], cutoff: number): string {
  return closeMatches(word.slice(0, 40), known, 1, cutoff)[0] ?? ''
}

/** Yields words that SPARQL does not have: all else has a prefix, or stands in quotes or brackets. */
function* words(taken: Taken): Iterable<Cause> {
  for (const [at, token] of taken.tokens.entries()) {
    if (token.kind !== 'word' || NUMBER.test(token.text) || taken.sign(at - 1) === '@') continue
    if (taken.sign(at - 1) === 'PREFIX') yield [token.start, phrase('a prefix ends with a colon: write {right}', { right: `${token.text.slice(0, 50)}: <…>` })]
    else if (!KEYWORDS.has(token.upper) || (token.upper === 'A' && token.text !== 'a')) yield [token.start, word(taken, at, token)]
  }
}

function word(taken: Taken, at: number, token: Token): Phrase {
  const name = token.text.slice(0, 100)
  const other = name === 'A' ? 'a' : OTHERS.get(token.upper)
  if (other) return phrase("'{name}' is no word of SPARQL: write {right}", { name, right: other })
  const isBehindTerm = at > 0 && (['var', 'name', 'iri'].includes(taken.kind(at - 1)) || ['A', ';'].includes(taken.sign(at - 1)))
  const isTerm = isBehindTerm && !['{', '('].includes(taken.sign(at + 1)) && !(name === name.toUpperCase() && name !== name.toLowerCase())
  const nearest = isTerm ? '' : near(token.upper, [...KEYWORDS].sort(), 0.75)
  if (nearest) return phrase("'{name}' is no word of SPARQL; the nearest is {right}", { name, right: nearest })
  return phrase("'{name}' is no word of SPARQL: a term has a prefix ({right}), a variable a question mark, a text quotes", { name, right: `stdg:${name}` })
}

function* brackets(taken: Taken): Iterable<Cause> {
  const { fault } = pairs(taken.tokens)
  if (!fault) return
  const [opened, closed] = fault
  const [opener, token] = [taken.token(opened), taken.token(closed)]
  if (opened < 0) yield [token.start, phrase("'{sign}' closes what nothing opens", { sign: token.text })]
  else if (closed < 0) {
    yield [opener.start, phrase("'{sign}' is not closed: write {right} behind its last part", { sign: opener.text, right: CLOSING[opener.text] as string })]
  } else {
    const [line, column] = place(taken.text, opener.start)
    const told = { right: CLOSING[opener.text] as string, sign: token.text, opener: opener.text, line, column }
    yield [token.start, phrase("{right} is expected before '{sign}', for '{opener}' stands open at {line}:{column}", told)]
  }
}

/** Yields operators of other languages. */
function* signs(taken: Taken): Iterable<Cause> {
  for (const [at, { text, start }] of taken.tokens.entries()) {
    const pair = taken.text.slice(start, start + 2)
    if (text === '=' && pair === '==') yield [start, phrase(NO_SIGN, { sign: pair, right: '=' })]
    else if (text === '<>' && ['var', 'string'].includes(taken.kind(at - 1))) yield [start, phrase(NO_SIGN, { sign: pair, right: '!=' })]
    else if ((text === '&' || text === '|') && taken.sign(at - 1) !== text && isAlone(taken, at)) {
      yield [start, phrase(NO_SIGN, { sign: text, right: text.repeat(2) })]
    }
  }
}

/** Tells whether a sign stands alone, and is none of a path. */
function isAlone(taken: Taken, at: number): boolean {
  return taken.sign(at + 1) !== taken.sign(at) && (taken.sign(at) === '&' || taken.kind(at - 1) === 'string')
}

/** Yields faults of what stands around the groups. */
function* heads(taken: Taken): Iterable<Cause> {
  const first = taken.tokens.findIndex((_, at) => begins(taken, at))
  if (taken.sign(0) === '@') yield [0, phrase("this is written for Turtle: write {right}, without '@' and the dot", { right: 'PREFIX x: <…>' })]
  if (taken.form < 0 || first !== taken.form) {
    yield [taken.tokens.length ? taken.token(Math.max(first, 0)).start : 0, phrase('a query begins with {right}', { right: FORMS.join(', ') })]
    return
  }
  yield* clauses(taken)
  for (const [at, token] of taken.tokens.entries()) {
    if (token.upper === 'SELECT') yield* head(taken, at)
    else if (isForm(token.upper) && taken.where(at)[0] < 0 && token.upper !== 'DESCRIBE') yield [token.start, phrase(NO_GROUP, { right: '{ … }' })]
  }
}

/** Tells whether a token is no part of a prologue. */
function begins(taken: Taken, at: number): boolean {
  const prologue = ['PREFIX', 'BASE']
  if (prologue.includes(taken.sign(at))) return false
  return !(prologue.includes(taken.sign(at - 1)) || (taken.kind(at) === 'iri' && taken.sign(at - 2) === 'PREFIX'))
}

function* clauses(taken: Taken): Iterable<Cause> {
  for (const [at, { upper }] of taken.tokens.entries()) {
    const after = taken.token(at + 1)
    if ((upper === 'ORDER' || upper === 'GROUP') && after.upper !== 'BY') {
      yield [after.start, phrase('{right} is expected behind {name}', { name: upper, right: `${upper} BY` })]
    } else if (upper === 'WHERE' && after.text !== '{') {
      yield [after.start, phrase('a group in braces is expected behind WHERE: write {right}', { right: '{ … }' })]
    } else if ((upper === 'LIMIT' || upper === 'OFFSET') && !/^\d+$/.test(after.text)) {
      yield [after.start, phrase('a number is expected behind {name}', { name: upper })]
    } else if (upper === 'BIND' && after.text === '(' && taken.closed.has(at + 1)) {
      const end = taken.close(at + 1)
      if (taken.sign(end - 2) !== 'AS') yield [taken.token(end).start, phrase('BIND names a variable at its end: write {right}', { right: 'AS ?x' })]
    }
  }
}

/** Yields faults of what a SELECT names. */
function* head(taken: Taken, form: number): Iterable<Cause> {
  let [at, isNamed] = [form + 1, false]
  while (at < taken.tokens.length && !['{', 'WHERE', 'FROM', '}', ...FORMS].includes(taken.sign(at))) {
    const token = taken.token(at)
    if (token.text === ',') yield [token.start, phrase("variables stand side by side in SELECT: leave '{sign}' out", { sign: ',' })]
    else if (AGGREGATES.includes(token.upper) || (token.upper && taken.sign(at + 1) === '(')) {
      const end = taken.closed.get(at + 1) ?? at
      yield [token.start, phrase(COMPUTED, { right: `(${taken.between(at, end + 1).slice(0, 60)} AS ?n)` })]
    } else if (token.text === '(' && taken.closed.has(at)) {
      const end = taken.close(at)
      if (taken.sign(end - 2) !== 'AS') yield [token.start, phrase(COMPUTED, { right: `(${taken.between(at + 1, end).slice(0, 60)} AS ?n)` })]
    }
    isNamed ||= token.text === '*' || token.text === '(' || token.kind === 'var'
    at = taken.close(at) + 1
  }
  if (!isNamed) yield [taken.token(at).start, phrase('SELECT names variables, or all of them: write {right}', { right: 'SELECT *' })]
  else if (taken.where(form)[0] < 0) yield [taken.token(form).start, phrase(NO_GROUP, { right: '{ … }' })]
}

/** Yields the first thing in a group that cannot stand there. */
function* groups(taken: Taken): Iterable<Cause> {
  const [first] = taken.where(taken.form)
  const waiting = first >= 0 ? [first] : []
  for (let opened = waiting.pop(); opened !== undefined; opened = waiting.pop()) {
    if (taken.sign(opened + 1) === 'SELECT') {
      const [inner] = taken.where(opened + 1)
      if (inner >= 0) waiting.push(inner)
      continue
    }
    let parts: Element[]
    try {
      parts = taken.elements(opened)
    } catch (fault) {
      if (!(fault instanceof Unreadable)) throw fault
      const { start } = taken.token(fault.at)
      if (fault.wanted === '.' && taken.sign(fault.at - 2) === ',') yield [start, phrase("',' goes on with a value: write {right} before another property", { right: ';' })]
      yield [start, WANTED[fault.wanted]]
      return
    }
    waiting.push(...parts.filter(part => part.opened >= 0).map(part => part.opened).reverse())
    yield* filled(parts)
  }
}

/** Yields a BIND that names a variable which has a value already. */
function* filled(parts: readonly Element[]): Iterable<Cause> {
  const seen = new Set<string>()
  for (const part of parts) {
    if (part.kind !== 'bind' && part.kind !== 'triple') continue
    const named = tokens(part.text).filter(token => token.kind === 'var').map(token => token.text)
    const last = named.at(-1)
    if (part.kind === 'bind' && last !== undefined && (seen.has(last) || named.slice(0, -1).includes(last))) {
      yield [part.start, phrase('{name} has a value already; BIND gives one to a new variable', { name: last })]
    }
    for (const name of part.kind === 'triple' ? named : named.slice(-1)) seen.add(name)
  }
}
