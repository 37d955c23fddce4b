// The field in which queries are written: CodeMirror with the grammar of SPARQL. It is loaded when used, and stands in a
// shadow root, for its styles are sheets that the policy of the page allows there only.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { sparql } from 'codemirror-lang-sparql'
import type { Offers } from '../services/offers'
import { tokens } from '../storage/tokens'
import { completes } from './completes'

/** What is underlined: a fault, or what one is told of a query that ran. */
export interface Mark {
  readonly at: number
  readonly about: string
  readonly isFault: boolean
}

export interface Editor {
  text(): string
  /** Puts another text in, unless it is there. */
  write(text: string): void
  mark(marks: readonly Mark[]): void
  /** Goes to a place in the text. */
  show(at: number): void
  focus(): void
  end(): void
}

export interface Options {
  readonly text: string
  /** What screen readers call it. */
  readonly title: string
  readonly words: Readonly<Record<string, string>>
  readonly offers: Offers
  readonly onRun: () => void
  /** Escape leads out of the field. */
  readonly onLeave: () => void
  readonly onEdit: (text: string) => void
}

const setMarks = StateEffect.define<readonly Mark[]>()

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(known, change) {
    const found = change.effects.find(one => one.is(setMarks))
    return found ? decorated(change.state.doc.toString(), found.value as readonly Mark[]) : known.map(change.changes)
  },
  provide: field => EditorView.decorations.from(field),
})

/** Returns the underlines: each under the token that begins at its place, at the end of the text under the last sign. */
function decorated(text: string, marks: readonly Mark[]): DecorationSet {
  const own = tokens(text)
  const lines = marks.filter(() => text.length > 0).map(({ at, about, isFault }) => {
    const token = own.find(one => one.start <= at && at < one.end)
    const from = Math.min(at, text.length - 1)
    const to = token && token.start === at ? token.end : from + 1
    return Decoration.mark({ class: isFault ? 'cm-fault' : 'cm-hint', attributes: { title: about } }).range(from, to)
  })
  return Decoration.set(lines, true)
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: 'bold' },
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
  { tag: [tags.string, tags.annotation], color: 'var(--warn)' },
  { tag: tags.variableName, fontStyle: 'italic' },
])

const look = EditorView.theme({
  '&': { border: '1px solid var(--faint)', borderRadius: '4px', background: 'var(--paper)', color: 'var(--ink)', font: 'var(--code)' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '2px' },
  '.cm-scroller': { font: 'var(--code)', maxHeight: '60vh', overflow: 'auto' },
  '.cm-content, .cm-gutter': { minHeight: '10rem' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0.5rem 0' },
  '.cm-gutters': { background: 'var(--raised)', color: 'var(--faint)', borderRight: '1px solid var(--line)' },
  '.cm-fault': { textDecoration: 'underline wavy var(--warn) 2px', textUnderlineOffset: '3px', textDecorationSkipInk: 'none' },
  '.cm-hint': { textDecoration: 'underline dotted var(--focus) 2px', textUnderlineOffset: '3px', textDecorationSkipInk: 'none' },
  '.cm-matchingBracket': { background: 'var(--raised)', outline: '1px solid var(--faint)' },
  '.cm-tooltip': { background: 'var(--paper)', color: 'var(--ink)', border: '1px solid var(--faint)', borderRadius: '4px', boxShadow: '0 4px 14px rgb(0 0 0 / 0.25)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: 'var(--text)', fontSize: '0.94rem', maxWidth: 'min(44rem, 92vw)', maxHeight: '18rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.25rem 0.5rem' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent)', color: 'var(--accent-ink)' },
  '.cm-completionDetail': { color: 'var(--faint)', fontStyle: 'normal' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
})

/** Puts a field into a place, and returns it. */
export function createEditor(place: HTMLElement, options: Options): Editor {
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' })
  root.replaceChildren()
  const view = new EditorView({ parent: root, root, state: EditorState.create({ doc: options.text, extensions: extensions(options) }) })
  const text = () => view.state.doc.toString()
  return {
    text,
    write: other => {
      if (other !== text()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: other }, selection: { anchor: 0 }, scrollIntoView: true })
    },
    mark: marks => view.dispatch({ effects: setMarks.of(marks) }),
    show: at => {
      view.focus()
      view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, scrollIntoView: true })
    },
    focus: () => view.focus(),
    end: () => view.destroy(),
  }
}

function extensions({ title, words, offers, onRun, onLeave, onEdit }: Options): Extension[] {
  const run = () => {
    onRun()
    return true
  }
  const leave = () => {
    onLeave()
    return true
  }
  return [
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, { key: 'Escape', run: leave }]),
    history(), lineNumbers(), bracketMatching(), closeBrackets(), EditorView.lineWrapping,
    sparql(), syntaxHighlighting(colours), look, marked,
    autocompletion({ override: [completes(offers)], icons: false, activateOnTypingDelay: 50 }),
    EditorState.phrases.of(words),
    EditorView.contentAttributes.of({ 'aria-label': title, autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false' }),
    EditorView.updateListener.of(update => {
      if (update.docChanged) onEdit(update.state.doc.toString())
    }),
  ]
}
