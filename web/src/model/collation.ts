// A label as its language sorts it: the part of stdgraph/model/arranging.py that compares texts.

import type { Key } from './order'
import { casefold, isAscii, withoutMarks } from './spelling'

const CHINESE = '〇一二三四五六七八九'
/** The Chinese number of a chapter, section or item. */
const NUMERAL =
  /(?:^|(?<=[（(第 ]))(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[、）)章节条款 ]|$)/g

const known = { en: new Map<string, Key>(), zh: new Map<string, Key>() }

/**
 * Returns what a label is sorted by: numbers by size, accents and case last, common Chinese by pinyin. GB 2312 has the
 * 3,755 commonest Chinese characters in the order of their pinyin; the encoding GB 18030 keeps that order.
 */
export function collated(text: string, lang: 'en' | 'zh'): Key {
  let found = known[lang].get(text)
  if (!found) known[lang].set(text, (found = [parts(text, lang), text]))
  return found
}

function parts(text: string, lang: 'en' | 'zh'): Key {
  const numbered = isAscii(text) ? text : text.replace(NUMERAL, arabic)
  const plain = [...withoutMarks(numbered.normalize('NFKD'))]
  const begin = plain.findIndex(one => /[\p{L}\p{N}]/u.test(one))
  const words = casefold(plain.slice(begin < 0 ? 0 : begin).join('')).split(/([0-9]{1,15})/)
  return words.map((word, at) => (at % 2 ? [Number(word), ''] : [-1, lang === 'zh' ? gb18030(word) : word]))
}

/** Returns a Chinese number below one hundred in digits. */
function arabic(found: string): string {
  const at = found.lastIndexOf('十')
  const tens = at < 0 ? '' : found.slice(0, at)
  const ones = found.slice(at + 1)
  const ten = at < 0 ? 0 : 10 * (tens ? CHINESE.indexOf(tens) : 1)
  return String(ten + CHINESE.indexOf(ones || '〇'))
}


let codes: Map<string, string> | undefined

/** Returns a text in GB 18030, a character for each byte. */
export function gb18030(text: string): string {
  if (isAscii(text)) return text
  codes ??= twoBytes()
  return [...text].map(one => (one < '\x80' ? one : (codes?.get(one) ?? fourBytes(one.codePointAt(0) as number)))).join('')
}

/** Returns the characters of two bytes, as the browser itself decodes them. */
function twoBytes(): Map<string, string> {
  const found = new Map<string, string>()
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const one = trail === 0x7f ? '' : decoder.decode(new Uint8Array([lead, trail]))
      if (one && one !== '\ufffd' && [...one].length === 1) found.set(one, String.fromCharCode(lead, trail))
    }
  }
  return found
}

let holes: Map<number, number> | undefined

/** Returns the four bytes of a character: those without two bytes are numbered in the order of their code points. */
function fourBytes(point: number): string {
  let number = point - 0x10000 + 189000
  if (point < 0x10000) {
    holes ??= numbered()
    number = holes.get(point) ?? 0
  }
  const bytes = [0x81 + Math.floor(number / 12600), 0x30 + (Math.floor(number / 1260) % 10)]
  return String.fromCharCode(...bytes, 0x81 + (Math.floor(number / 10) % 126), 0x30 + (number % 10))
}

function numbered(): Map<number, number> {
  const found = new Map<number, number>()
  let number = 0
  for (let point = 0x80; point < 0x10000; point++) {
    const isSurrogate = point >= 0xd800 && point <= 0xdfff
    if (!isSurrogate && !codes?.has(String.fromCharCode(point))) found.set(point, number++)
  }
  return found
}
