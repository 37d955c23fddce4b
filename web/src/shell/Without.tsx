// What the page is without, and where something may be lacking therefore.

import type { Graph } from '../graph/reads'
import { marked } from '../locale/locale'
import { say, useLang } from './context'

interface Props {
  readonly graph: Graph
  /** What is shown: an answer of a question, a view, or neither, where anything may be asked. */
  readonly question?: string
  readonly view?: string
}

/** Says that the standards of registers are not here; nothing where that makes no difference. */
export function Without({ graph, question, view }: Props) {
  const lang = useLang()
  const { number, questions, views } = graph.app.without
  if (!number || (question && (graph.engine.isWhole || !questions.includes(question))) || (view && !views.includes(view))) return null
  const some = { number: number.toLocaleString('en') }
  return (
    <p class="without">
      {question || view
        ? say(lang, marked('{number} standards of registers are not in this page: some may be lacking here. The command line has them.'), some)
        : say(lang, marked('{number} standards of registers are not in this page. The command line has them.'), some)}
    </p>
  )
}
