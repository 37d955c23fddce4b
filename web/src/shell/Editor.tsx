// The field in which queries are written, as a part of a page.

import { useEffect, useRef } from 'preact/hooks'
import { createEditor, type Editor, type Mark } from '../editor/editor'
import type { Graph } from '../graph/reads'
import { marked } from '../locale/locale'
import { offersOf } from '../services/offers'
import { say, useLang } from './context'

interface Props {
  readonly graph: Graph
  /** What stands in it at first, and when it becomes another one. */
  readonly text: string
  readonly marks: readonly Mark[]
  readonly onRun: (text: string) => void
  readonly onLeave: () => void
  readonly onEdit: (text: string) => void
  /** Is given the field when it is there. */
  readonly onReady: (editor: Editor) => void
}

export function EditorField(props: Props) {
  const { graph, text, marks } = props
  const lang = useLang()
  const place = useRef<HTMLDivElement>(null)
  const known = useRef<Editor | null>(null)
  const calls = useRef(props)
  calls.current = props
  useEffect(() => {
    const editor = createEditor(place.current as HTMLElement, {
      text: known.current?.text() ?? text,
      title: say(lang, marked('SPARQL query. Control and Enter run it; Escape leaves the field.')),
      words: { Completions: say(lang, marked('Completions')) },
      offers: offersOf(graph, lang),
      onRun: () => calls.current.onRun(editor.text()),
      onLeave: () => calls.current.onLeave(),
      onEdit: typed => calls.current.onEdit(typed),
    })
    known.current = editor
    calls.current.onReady(editor)
    return () => editor.end()
  }, [graph, lang])
  useEffect(() => known.current?.write(text), [text])
  useEffect(() => known.current?.mark(marks), [marks, lang])
  return <div class="editor" ref={place} />
}
