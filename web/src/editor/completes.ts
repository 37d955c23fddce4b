// What the field completes, as one types: keywords, prefixes, variables, terms and codes behind their prefix, ids behind `<`,
// and whatever bears a name: `BSI` becomes `<org/gb-bsi>`.

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import type { Offer, Offers } from '../services/offers'
import { KEYWORDS } from '../storage/keywords'
import { type Token, tokens } from '../storage/tokens'

const SHORTEST = 2
const MOST_WORDS = 6
const FEW_KEYWORDS = 5

/** Returns what completes the text before the cursor. */
export function completes(offers: Offers): CompletionSource {
  return async context => {
    const before = context.state.sliceDoc(0, context.pos)
    const found = tokens(before)
    const last = found.at(-1)
    const opened = context.matchBefore(/<[^<>\s"{}]*/)
    if (opened && !opened.text.includes('?')) return told(context, opened.from, offers.ids(opened.text.slice(1)), true)
    if (!last || last.end !== context.pos || last.kind === 'iri') return null
    if (last.kind === 'string') return null
    if (last.kind === 'var') return variables(context, last)
    if (last.kind === 'name') {
      const colon = last.text.indexOf(':')
      return told(context, last.start, await offers.behind(last.text.slice(0, colon), last.text.slice(colon + 1)))
    }
    return last.kind === 'word' ? words(context, found, offers) : null
  }
}

/** Completes words: to keywords and prefixes by the last one, to what bears a name by all that stand together. */
async function words(context: CompletionContext, found: readonly Token[], offers: Offers): Promise<CompletionResult | null> {
  const last = found.at(-1) as Token
  const isAlone = found.length < 2 || !isBeside(found.at(-2) as Token, last, context)
  if (isAlone && last.text.length < SHORTEST && !context.explicit && !/[^\x00-\x7f]/.test(last.text)) return null
  const before = found.at(-2)
  if (before && last.start === before.end && ['@', '^'].includes(before.text)) return null
  const typed = last.upper
  const isBegun = (word: string) => word.toUpperCase().startsWith(typed) && word.toUpperCase() !== typed
  const own: Completion[] = [...KEYWORDS].filter(isBegun).slice(0, FEW_KEYWORDS).map(word => ({ label: word }))
  own.push(...offers.prefixes.filter(isBegun).map(prefix => ({ label: `${prefix}:` })))
  let start = found.length - 1
  while (start > 0 && found.length - start < MOST_WORDS && isBeside(found[start - 1] as Token, found[start] as Token, context)) start -= 1
  for (; start < found.length; start++) {
    const from = (found[start] as Token).start
    const named = await offers.named(context.state.sliceDoc(from, context.pos), wantedAt(found, start))
    if (named.length && from < last.start) return told(context, from, named)
    if (named.length) own.push(...named.map(one => option(one)))
  }
  return own.length ? { from: last.start, options: own, filter: false } : null
}

const BEGINS = ['{', '.', '}']
const TERMS = ['var', 'iri', 'name']

/** Returns what stands where a token is: behind `a` a class, behind a subject or a semicolon a property. */
function wantedAt(found: readonly Token[], at: number): 'class' | 'property' | 'any' {
  const [before, first] = [found[at - 1], found[at - 2]]
  if (!before) return 'any'
  if (before.kind === 'word' && before.text === 'a') return 'class'
  if (before.kind === 'sign' && before.text === ';') return 'property'
  return TERMS.includes(before.kind) && first?.kind === 'sign' && BEGINS.includes(first.text) ? 'property' : 'any'
}

/** Tells whether two words are of one name: one blank between them, and the first is no keyword. */
function isBeside(one: Token, next: Token, context: CompletionContext): boolean {
  return one.kind === 'word' && !KEYWORDS.has(one.upper) && context.state.sliceDoc(one.end, next.start) === ' '
}

function variables(context: CompletionContext, last: Token): CompletionResult | null {
  const all = tokens(context.state.doc.toString()).filter(one => one.kind === 'var' && one.start !== last.start)
  const names = [...new Set(all.map(one => one.text))].filter(name => name.startsWith(last.text) && name !== last.text)
  return names.length ? { from: last.start, options: names.map(label => ({ label })), filter: false } : null
}

function told(context: CompletionContext, from: number, offers: readonly Offer[], isOpened = false): CompletionResult | null {
  const to = isOpened && context.state.sliceDoc(context.pos, context.pos + 1) === '>' ? context.pos + 1 : context.pos
  return offers.length ? { from, to, options: offers.map(option), filter: false } : null
}

function option({ written, label, about }: Offer): Completion {
  const detail = [label === written ? '' : label, about].filter(Boolean).join(' · ')
  return { label: written, detail }
}
