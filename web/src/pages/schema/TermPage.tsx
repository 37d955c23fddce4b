// A class or property: what it means in both languages, its ends, how it is used, a pattern to ask by, a real example,
// the shapes that hold it, the questions that read it.

import type { ComponentChildren } from 'preact'
import { question } from '../../graph/questions'
import { labels } from '../../graph/labels'
import { marked } from '../../locale/locale'
import { BASE, expand } from '../../model/vocabulary'
import { query } from '../../services/query'
import { labelOf, nameOf, patternOf, type RuleData, type Schema, type TermData, type Use } from '../../services/schema'
import { type PageProps, say, useLang, useLink, useTitle } from '../../shell/context'
import { useLater } from '../../shell/later'
import { pathOf } from '../../shell/router'

interface Props extends PageProps {
  readonly read: Schema
  readonly term: TermData
}

const SEVERITIES: Readonly<Record<RuleData['severity'], string>> = {
  Violation: marked('must'),
  Warning: marked('should'),
  Info: marked('to be looked at'),
}
const LONGEST = 160

export function TermPage({ graph, read, term }: Props) {
  const lang = useLang()
  const link = useLink()
  const pattern = patternOf(read, term)
  useTitle(labelOf(term, lang))
  const used = term.kind === 'class' ? marked('class of {number} things') : marked('property in {number} statements')
  return (
    <>
      <p><a href={link(['schema'])}>{say(lang, marked('Classes and properties'))}</a></p>
      <h1>{labelOf(term, lang)}</h1>
      <p class="lead"><code>{term.term}</code> · {say(lang, used, { number: term.used })}</p>
      <Words term={term} />
      <dl class="ends">
        <Ends read={read} title={marked('Broader')} terms={term.broader} />
        <Ends read={read} title={marked('Narrower')} terms={term.narrower} />
        <Ends read={read} title={marked('From (domain)')} terms={term.domain} />
        <Ends read={read} title={marked('To (range)')} terms={term.range} />
        <Ends read={read} title={marked('A kind of')} terms={term.subPropertyOf} />
      </dl>
      <Codes graph={graph} codes={term.codes ?? []} />
      <Part title={marked('How it is used')}><Uses graph={graph} read={read} term={term} /></Part>
      <Part title={marked('A pattern to ask by')}>
        <pre tabIndex={0}><code>{pattern}</code></pre>
        <p><a href={link(['query'], { query: pattern })}>{say(lang, marked('Open in the SPARQL editor'))}</a></p>
      </Part>
      <Example graph={graph} iri={exampleOf(read, term)} />
      <Rules rules={read.rules(term)} />
      {term.questions.length ? (
        <Part title={marked('Questions that read it')}>
          <ul class="list">
            {term.questions.map(name => {
              const asked = question(graph.app, name)
              return <li key={name}><a href={link(['ask', name], asked.example)}>{asked.title[lang]}</a> <code>{name}</code></li>
            })}
          </ul>
        </Part>
      ) : null}
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const lang = useLang()
  return <section><h2>{say(lang, title)}</h2>{children}</section>
}

/** Label and definition in both languages, the reader's first. */
function Words({ term }: { readonly term: TermData }) {
  const lang = useLang()
  const langs = lang === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const)
  return (
    <>
      {langs.filter(one => term.label[one] || term.definition[one]).map(one => (
        <p key={one} class="definition" lang={one === 'zh' ? 'zh-Hans' : 'en'}>
          <strong>{term.label[one]}</strong>{term.definition[one] ? (one === 'zh' ? '：' : ': ') : ''}{term.definition[one]}
        </p>
      ))}
    </>
  )
}

function Ends({ read, title, terms = [] }: { readonly read: Schema; readonly title: string; readonly terms?: readonly string[] | undefined }) {
  const lang = useLang()
  if (!terms.length) return null
  return <div><dt>{say(lang, title)}</dt><dd>{terms.map((one, at) => <>{at ? ', ' : ''}<TermLink key={one} read={read} term={one} /></>)}</dd></div>
}

/** A class or property by its name, which leads to its page where it has one. */
function TermLink({ read, term }: { readonly read: Schema; readonly term: string }) {
  const lang = useLang()
  const link = useLink()
  const known = read.get(term)
  return known ? <a href={link(['schema', term])} title={labelOf(known, lang)}>{nameOf(term)}</a> : <>{nameOf(term)}</>
}

function Codes({ graph, codes }: { readonly graph: PageProps['graph']; readonly codes: readonly string[] }) {
  const lang = useLang()
  if (!codes.length) return null
  return (
    <details class="panel">
      <summary><h2>{say(lang, marked('Codes'))}</h2> <small>{codes.length}</small></summary>
      <ul class="list">{codes.map(code => <li key={code}>{graph.names.get(expand(code))?.label(lang)} <code>{code}</code></li>)}</ul>
    </details>
  )
}

/** Of a class each property once, those that lead to it with `^`; of a property each of its uses. */
function Uses({ graph, read, term }: Omit<Props, 'place'>) {
  const lang = useLang()
  const sides = term.kind === 'class' ? read.sides(term) : []
  const uses = term.kind === 'class' ? sides.map(side => side.use) : read.uses(term)
  const iris = uses.flatMap(use => [use.subject, ...(use.isLiteral ? [] : [use.value])]).map(expand)
  const later = useLater(`${lang} ${term.term}`, () => labels(graph, iris, lang))
  const known = later.state === 'done' ? later.value : new Map<string, string>()
  const thing = (id: string) => <Thing id={id} label={known.get(expand(id)) ?? id} />
  const value = (use: Use) => (use.isLiteral ? <>{shortened(use.value)}</> : thing(use.value))
  const heads = (term.kind === 'class' ? [marked('property'), marked('to'), marked('used'), marked('example')] : [marked('from'), marked('to'), marked('used'), marked('example')]).map(head => say(lang, head))
  const lines = term.kind === 'class'
    ? sides.map(side => [
        <>{side.goesOut ? '' : '^'}<TermLink read={read} term={side.property} /></>,
        <>{side.to.map((one, at) => <>{at ? ', ' : ''}<TermLink key={one} read={read} term={one} /></>)}</>,
        side.used,
        side.goesOut ? value(side.use) : thing(side.use.subject),
      ])
    : uses.map(use => [<TermLink read={read} term={use.from} />, <TermLink read={read} term={use.to} />, use.used, <>{thing(use.subject)} → {value(use)}</>])
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={say(lang, marked('How it is used'))}>
      <table>
        <thead><tr>{heads.map(head => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>{lines.map((line, row) => <tr key={row}>{line.map((cell, at) => <td key={at} data-title={heads[at]} class={at === 2 ? 'number' : undefined}>{cell}</td>)}</tr>)}</tbody>
      </table>
    </div>
  )
}

function Thing({ id, label }: { readonly id: string; readonly label: string }) {
  const link = useLink()
  return expand(id).startsWith(BASE) ? <a href={link(pathOf([expand(id)]))}>{shortened(label)}</a> : <>{shortened(label)}</>
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} …`
}

function exampleOf(read: Schema, term: TermData): string {
  return term.kind === 'class' ? term.example : (read.uses(term)[0]?.subject ?? '')
}

/** A thing of the class, or with the property, with all that is said of it. */
function Example({ graph, iri }: { readonly graph: PageProps['graph']; readonly iri: string }) {
  const lang = useLang()
  const text = `CONSTRUCT { <${expand(iri)}> ?p ?o } WHERE { <${expand(iri)}> ?p ?o }`
  const later = useLater(`${lang} ${iri}`, () => query(graph, text, { seconds: 20, limit: 200 }, lang))
  const found = later.state === 'done' && later.value.kind === 'triples' ? later.value.text : ''
  if (!iri) return null
  return (
    <Part title={marked('An example')}>
      <p><Thing id={iri} label={graph.names.get(expand(iri))?.label(lang) ?? iri} /></p>
      <div aria-busy={later.state === 'waiting'} class="example"><pre tabIndex={0} class="turtle"><code>{found.replace(/^(@.*\n)+\n/, '')}</code></pre></div>
    </Part>
  )
}

function Rules({ rules }: { readonly rules: readonly (readonly [string, RuleData])[] }) {
  const lang = useLang()
  if (!rules.length) return null
  return (
    <Part title={marked('Rules that hold it')}>
      <ul class="list rules">
        {rules.map(([name, { severity, message }]) => <li key={name}>{message[lang]} <small>{say(lang, SEVERITIES[severity])} · </small><code>{name}</code></li>)}
      </ul>
    </Part>
  )
}
