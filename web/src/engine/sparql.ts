// The text of SPARQL queries: what stands outside of their names, strings and comments.

import { PREFIXES } from '../model/vocabulary'

const APART =
  /"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|[\w-]*:[\w.:%\\/-]*/gs

/** Returns a query without its IRIs, prefixed names, variables, strings and comments. */
export function bare(text: string): string {
  return text.replace(APART, ' ')
}

/** Returns which form a query has. */
export function form(text: string): string {
  return /\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bare(text))?.[1]?.toUpperCase() ?? 'SELECT'
}

/** Tells whether a query says itself which graphs it reads (FROM, FROM NAMED). */
export function hasDataset(text: string): boolean {
  return /\bFROM\b/i.test(bare(text))
}

/** The prefixes of the project, which a query need not declare; all on one line, so that lines keep their numbers. */
export const HEAD = Object.entries(PREFIXES)
  .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`)
  .join(' ')
