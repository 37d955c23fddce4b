// Variables that SELECT names and GROUP BY does not, or names twice: the twin of `_selected` in stdgraph/storage/mistakes.py.

import { phrase } from '../locale/locale'
import { AGGREGATES } from './keywords'
import type { Cause } from './mistakes'
import type { Taken } from './patterns'

/** Yields a variable that SELECT names and GROUP BY does not, or names twice; `said` is what the engine told. */
export function* selected(taken: Taken, said: string): Iterable<Cause> {
  const form = taken.form
  const [opened] = taken.where(form)
  if (taken.sign(form) !== 'SELECT' || opened < 0) return
  const grouped = goesBy(taken, opened)
  const seen = new Set<string>()
  for (let at = form + 1; at < opened; at = taken.close(at) + 1) {
    const { kind, text, start } = taken.token(at)
    if (kind === 'var' && seen.has(text)) yield [start, phrase('{name} stands twice in SELECT', { name: text })]
    if (kind === 'var' && said.includes('unbound') && !grouped.has(text.slice(1))) {
      yield [start, phrase('rows are counted, and {name} is not what they go by: write {right}', { name: text, right: `GROUP BY ${text}` })]
    }
    if (text === '(' && isLoose(taken, at, grouped, said)) {
      const right = `GROUP BY ${taken.between(at, taken.close(at) + 1).slice(0, 100)}`
      const name = taken.token(taken.close(at) - 1).text
      yield [start, phrase('rows are counted, and {name} is not what they go by: write {right}, and {name} here', { name, right })]
    }
    if (text === '*' && said.includes('GROUP BY')) yield [start, phrase('SELECT * does not go with GROUP BY: name the variables')]
    seen.add(text)
  }
}

/** Returns the variables behind GROUP BY, and those that it gives a name to what it computes. */
function goesBy(taken: Taken, opened: number): Set<string> {
  const found = new Set<string>()
  let at = taken.close(opened)
  while (at < taken.tokens.length && taken.sign(at) !== 'GROUP') at += 1
  for (at += 2; at < taken.tokens.length && !['HAVING', 'ORDER', 'LIMIT', 'OFFSET', 'VALUES', '}'].includes(taken.sign(at)); ) {
    const end = taken.close(at)
    const named = end > at && taken.sign(end - 2) === 'AS' ? end - 1 : at
    if (taken.kind(named) === 'var') found.add(taken.token(named).text.slice(1))
    at = end + 1
  }
  return found
}

/** Tells whether what SELECT computes counts nothing, and rests on what rows do not go by, or has the name that they go by. */
function isLoose(taken: Taken, at: number, grouped: ReadonlySet<string>, said: string): boolean {
  const end = taken.close(at)
  const inner = taken.tokens.slice(at + 1, Math.max(end - 2, at + 1))
  if (inner.some(token => AGGREGATES.includes(token.upper))) return false
  const isFree = inner.some(token => token.kind === 'var' && !grouped.has(token.text.slice(1)))
  return (said.includes('unbound') && isFree) || (said.includes('overrides') && grouped.has(taken.token(end - 1).text.slice(1)))
}
