// Queries to begin with: those of the tutorial, every question's, and what was asked before in this browser.

import type { Graph } from '../../graph/reads'
import { marked } from '../../locale/locale'
import { say, useLang, useLink } from '../../shell/context'

export function Examples({ graph }: { readonly graph: Graph }) {
  const lang = useLang()
  const link = useLink()
  const titles = new Map(graph.app.questions.map(one => [one.name, one.title[lang]]))
  return (
    <>
      <details class="panel" open>
        <summary><h2>{say(lang, marked('Examples'))}</h2></summary>
        <ol class="list">
          {graph.app.examples.map(one => <li key={one.name}><a href={link(['query'], { example: one.name })}>{one.title[lang]}</a></li>)}
        </ol>
      </details>
      <details class="panel">
        <summary><h2>{say(lang, marked('The queries of all questions'))}</h2> <small>{titles.size}</small></summary>
        {graph.app.topics.map(topic => (
          <section key={topic.title.en}>
            <h3>{topic.title[lang]}</h3>
            <ul class="list">
              {topic.questions.filter(name => titles.has(name)).map(name => (
                <li key={name}><a href={link(['query'], { question: name })}>{titles.get(name)}</a> <code>{name}</code></li>
              ))}
            </ul>
          </section>
        ))}
      </details>
    </>
  )
}

export function Earlier({ queries, onForget }: { readonly queries: readonly string[]; readonly onForget: () => void }) {
  const lang = useLang()
  const link = useLink()
  if (!queries.length) return null
  return (
    <details class="panel earlier">
      <summary><h2>{say(lang, marked('Asked before in this browser'))}</h2> <small>{queries.length}</small></summary>
      <ol class="list">
        {queries.map(text => <li key={text}><a href={link(['query'], { query: text })}><code>{text.split(/\s+/).filter(Boolean).join(' ').slice(0, 200)}</code></a></li>)}
      </ol>
      <p><button type="button" class="plain" onClick={onForget}>{say(lang, marked('Forget them'))}</button></p>
    </details>
  )
}
