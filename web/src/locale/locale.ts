// What the program says: English in the source, Chinese from the project's one catalogue, which the bundle brings.
// The twin of stdgraph/locale. What stands as a text in `phrase(` or `marked(` is what `tests/messages.py` and build.mjs find.

export type Lang = 'en' | 'zh'
export type Value = string | number | Phrase

export interface Catalogue {
  /** Chinese message by the English one. */
  readonly messages: Readonly<Record<string, string>>
  /** Chinese word for a code, by context. */
  readonly contexts: Readonly<Record<string, Readonly<Record<string, string>>>>
}

let chinese: Catalogue = { messages: {}, contexts: {} }

/** Takes the catalogue that the bundle brings. */
export function speak(catalogue: Catalogue): void {
  chinese = catalogue
}

/** A sentence of ours: a message with `{named}` places, and their values. */
export class Phrase {
  constructor(
    readonly message: string,
    readonly values: Readonly<Record<string, Value>>,
  ) {}

  /** The sentence in English. */
  get english(): string {
    return this.in('en')
  }

  /** Returns the sentence in a language, values that are sentences too. */
  in(lang: Lang): string {
    const text = lang === 'zh' ? (entry(chinese.messages, this.message) ?? this.message) : this.message
    return filled(text, name => translated(entry(this.values, name) ?? '', lang))
  }
}

function filled(text: string, value: (name: string) => string): string {
  return text.replace(/\{\{|\}\}|\{(\w+)\}/g, (all, name: string | undefined) =>
    name === undefined ? (all[0] as string) : value(name),
  )
}

/** Returns what stands under a name, and nothing for the names that every object has: data may hold the word `constructor`. */
export function entry<T>(of: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined
}

/** Returns a sentence of ours. */
export function phrase(message: string, values: Readonly<Record<string, Value>> = {}): Phrase {
  return new Phrase(message, values)
}

/** Returns a message as it is: marks one for the catalogue that becomes a phrase elsewhere. */
export function marked(message: string): string {
  return message
}

/** Returns a value in a language. */
export function translated(value: Value, lang: Lang): string {
  return value instanceof Phrase ? value.in(lang) : String(value)
}

/** Returns what people say for a code of a list: the code itself in English, and where the list does not have it. */
export function inWords(context: string, code: string, lang: Lang): string {
  return lang === 'zh' ? (entry(chinese.contexts[context] ?? {}, code) ?? code) : code
}

/** Returns a place in a document as people read it; what stands in the document itself stays as it is. */
export function located(locator: string, lang: Lang): string {
  if (lang !== 'zh') return locator
  return locator.split(' / ').map(part => matched('locator', part)).join(' / ')
}

interface Template {
  readonly literals: readonly string[]
  readonly pattern: RegExp
  readonly zh: string
}

const templates = new Map<string, readonly Template[]>()

/** Returns a text in Chinese by the entry of a context that fits, itself where none does. */
function matched(context: string, text: string): string {
  const entries = chinese.contexts[context] ?? {}
  const whole = entry(entries, text)
  if (whole !== undefined) return whole
  let known = templates.get(context)
  if (!known) templates.set(context, (known = templatesOf(entries)))
  for (const template of known) {
    const found = template.literals.every(part => text.includes(part)) && template.pattern.exec(text)
    if (found) return filled(template.zh, name => found.groups?.[name] ?? '')
  }
  return text
}

function templatesOf(entries: Readonly<Record<string, string>>): Template[] {
  const found = Object.entries(entries).filter(([en]) => en.includes('{')).map(([en, zh]) => template(en, zh))
  const own = (one: Template) => one.literals.reduce((sum, part) => sum + part.length, 0)
  return found.sort((a, b) => own(b) - own(a))
}

function template(en: string, zh: string): Template {
  const seen = new Set<string>()
  const parts = en.split(/\{(\w+)\}/)
  const pattern = parts.map((part, at) => {
    if (at % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    if (seen.has(part)) return `\\k<${part}>`
    seen.add(part)
    return `(?<${part}>[\\s\\S]*?)`
  })
  return { literals: parts.filter((part, at) => at % 2 === 0 && part), pattern: new RegExp(`^${pattern.join('')}$`, 'u'), zh }
}
