// When two spellings are the same name: case, width, punctuation, accents and Chinese script do not count.
// The twin of stdgraph/model/spelling.py; the bundle brings the simplified form of each traditional character, the words
// that people leave out, and the endings of words that are spelt in two ways.

export const HAN = /[㐀-鿿豈-﫿]/

const simplified = new Map<string, string>()

/** Takes pairs of characters: a traditional one, and its simplified one. */
export function readScript(pairs: string): void {
  const characters = [...pairs]
  for (let at = 0; at + 1 < characters.length; at += 2) {
    simplified.set(characters[at] as string, characters[at + 1] as string)
  }
}

/** Returns the form in which names are compared. */
export function key(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '')
}

/** Returns a text in which case, width, accents and Chinese script do not count. */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  const folded = withoutMarks(casefold(text.normalize('NFKC')).normalize('NFKD'))
  if (!HAN.test(folded)) return folded
  return [...folded.normalize('NFC')].map(one => simplified.get(one) ?? one).join('')
}

export function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(text)
}

/** Returns a text as Python's `casefold` does: the capital form tells which letters are one. */
export function casefold(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return [...text].map(one => (one === 'ı' ? one : one.toUpperCase().toLowerCase())).join('').replaceAll('ς', 'σ').replaceAll('ß', 'ss')
}

/** Returns a decomposed text without the marks that combine with other characters. */
export function withoutMarks(text: string): string {
  return isAscii(text) ? text : [...text].filter(one => !isCombining(one)).join('')
}

const combining = new Map<string, boolean>()

/** Tells whether a character has a combining class: then another one with a higher class goes behind it. */
function isCombining(one: string): boolean {
  if (one < '\u0300') return false
  let known = combining.get(one)
  if (known === undefined) {
    known = one === '\u0345' || !`\u0345${one}`.normalize('NFD').startsWith('\u0345')
    combining.set(one, known)
  }
  return known
}

/** A character of Chinese, a run of other letters, a run of digits. */
const WORD = /[㐀-鿿豈-﫿]|(?:(?![㐀-鿿豈-﫿])[\p{L}\p{Nl}\p{No}])+|\p{Nd}+/gu
const APOSTROPHE = /['’ʼ]/g

let empty: ReadonlySet<string> = new Set()
let endings: readonly (readonly [string, string])[] = []

/** Takes the words that people leave out, and British endings, each with its American one. */
export function readWords(left: Iterable<string>, spelt: readonly (readonly [string, string])[]): void {
  empty = new Set(left)
  endings = spelt
}

/** Tells whether all words are such as people leave out. */
export function isEmpty(words: Iterable<string>): boolean {
  return [...words].every(word => empty.has(word))
}

/** Returns the words of a text in the form in which they are compared: English ones in the singular, Chinese characters. */
export function words(text: string): string[] {
  const found = (fold(text).replace(APOSTROPHE, '').match(WORD) ?? []).map(stem)
  const telling = found.filter(word => !empty.has(word))
  return telling.length ? telling : found
}

function stem(word: string): string {
  if (word.length > 3 && word.endsWith('s') && !'sui'.includes(word.at(-2) as string)) {
    word = word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1)
  }
  const spelt = word.length > 5 ? endings.find(([british]) => word.endsWith(british)) : undefined
  return spelt ? word.slice(0, -spelt[0].length) + spelt[1] : word
}

/** Tells whether a question is asked in one's own words: no name of one has blanks, question marks or Chinese. */
export function isWords(question: string): boolean {
  if (isAscii(question)) return question.includes('?') || /\S\s+\S/.test(question)
  return /[\s?？㐀-鿿豈-﫿]/.test(question.trim())
}
