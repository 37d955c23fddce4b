// Classes and properties: the list of them, and one with all that `stdgraph schema` tells of it.

import { useMemo, useState } from 'preact/hooks'
import { marked } from '../locale/locale'
import { key } from '../model/spelling'
import { labelOf, type Schema as Read, schemaJson, type TermData } from '../services/schema'
import { type PageProps, say, useLang, useLink, useTitle } from '../shell/context'
import { useLater } from '../shell/later'
import { schema } from '../shell/schema'
import { Failure } from './Failure'
import { TermPage } from './schema/TermPage'

/** Returns all terms, or one of them, as `stdgraph schema -f json` tells them. */
export async function told(name?: string): Promise<unknown> {
  return schemaJson(await schema(), name)
}

export function Schema(props: PageProps) {
  const lang = useLang()
  const name = props.place.path.slice(1).join('/')
  const later = useLater('schema', schema)
  if (later.state === 'failed') return <Failure error={later.error} />
  if (later.state === 'waiting') return <p class="wait">{say(lang, marked('Looking …'))}</p>
  return name ? <Named key={name} {...props} read={later.value} name={name} /> : <List read={later.value} />
}

function Named({ read, name, graph, place }: PageProps & { readonly read: Read; readonly name: string }) {
  const found = useMemo(() => {
    try {
      return read.named(name)
    } catch (error) {
      return error
    }
  }, [read, name])
  return isTerm(found) ? <TermPage graph={graph} place={place} read={read} term={found} /> : <Failure error={found} />
}

function isTerm(found: unknown): found is TermData {
  return typeof found === 'object' && found !== null && 'term' in found
}

function List({ read }: { readonly read: Read }) {
  const lang = useLang()
  const [text, set] = useState('')
  useTitle(say(lang, marked('Classes and properties')))
  const words = text.split(/\s+/).map(key).filter(Boolean)
  const told = useMemo(() => new Map(read.terms.map(one => [one, key([one.term, ...Object.values(one.label), ...Object.values(one.definition)].join(' '))])), [read])
  const shown = read.terms.filter(one => words.every(word => told.get(one)?.includes(word)))
  return (
    <>
      <h1>{say(lang, marked('Classes and properties'))}</h1>
      <p class="lead">{say(lang, marked('What there is to ask for: each class and property with how often it is used, with what, an example, the rules that hold it, and the questions that read it.'))}</p>
      <label class="filter">
        {say(lang, marked('Only those with these words'))}
        <input type="search" value={text} onInput={event => set(event.currentTarget.value)} />
      </label>
      <p class="count" aria-live="polite">{say(lang, marked('{shown} of {all} terms'), { shown: shown.length, all: read.terms.length })}</p>
      <Terms title={marked('Classes')} terms={shown.filter(one => one.kind === 'class')} />
      <Terms title={marked('Properties')} terms={shown.filter(one => one.kind === 'property')} />
    </>
  )
}

function Terms({ title, terms }: { readonly title: string; readonly terms: readonly TermData[] }) {
  const lang = useLang()
  const link = useLink()
  const heads = [marked('term'), marked('used'), marked('questions'), marked('definition')].map(head => say(lang, head))
  if (!terms.length) return null
  return (
    <section>
      <h2>{say(lang, title)}</h2>
      <div class="wide" tabIndex={0} role="region" aria-label={say(lang, title)}>
        <table>
          <thead><tr>{heads.map(head => <th key={head} scope="col">{head}</th>)}</tr></thead>
          <tbody>
            {terms.map(one => (
              <tr key={one.term}>
                <td data-title={heads[0]}><a href={link(['schema', one.term])}>{labelOf(one, lang)}</a> <code>{one.term}</code></td>
                <td data-title={heads[1]} class="number">{one.used.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en')}</td>
                <td data-title={heads[2]} class="number">{one.questions.length || ''}</td>
                <td data-title={heads[3]}>{one.definition[lang] ?? one.definition.en ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
