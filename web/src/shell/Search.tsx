// The search of the whole graph: what is chosen is opened; what is typed leads to what it means, or to all that is found.

import { useState } from 'preact/hooks'
import { named } from '../graph/named'
import type { Graph } from '../graph/reads'
import { marked } from '../locale/locale'
import { expand } from '../model/vocabulary'
import { things } from './choices'
import { go, say, useLang, useQuery } from './context'
import { type Choice, Finder } from './Finder'
import { pathOf } from './router'

/** The page of all that is found. */
const FIND = 'find'
/** So many things are offered as one types. */
const FEW = 7

export function Search({ graph }: { readonly graph: Graph }) {
  const lang = useLang()
  const { q = '' } = useQuery(FIND)
  const [text, type] = useState(q)
  const all = (typed: string) => go({ lang, path: [FIND], query: { q: typed.trim() } })
  const open = (iri: string) => {
    type('')
    go({ lang, path: pathOf([iri]), query: {} })
  }
  const suggest = async (typed: string): Promise<Choice[]> => {
    if (!typed.trim()) return []
    const label = say(lang, marked('All that is found for “{text}”, and what it asks'), { text: typed.trim() })
    const found = await things(graph, typed, lang, [], FEW)
    const all = { value: '', label, about: '' }
    return typed.includes('?') || typed.includes('？') ? [all, ...found] : [...found, all]
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!text.trim()) return
    const meant = text.trim() === q ? undefined : await named(graph, text, [], lang).catch(() => undefined)
    if (meant) open(meant.iri)
    else all(text)
  }
  return (
    <form class="search" role="search" onSubmit={event => void submit(event)}>
      <Finder
        title={say(lang, marked('Search'))} name="search" value={text} hint={say(lang, marked('A name, or a question: BSI, 国家标准委 …'))}
        suggest={suggest} onInput={type} onChoose={choice => (choice.value ? open(expand(choice.value)) : all(text))}
      />
    </form>
  )
}
