// The start page: what this is, how much there is of it and since when, three ways in, two pictures of the whole.

import { Picture } from '../charts/Picture'
import { marked } from '../locale/locale'
import { ask } from '../services/ask'
import { type PageProps, say, useLang, useLink } from '../shell/context'
import { useLater } from '../shell/later'
import { Search } from '../shell/Search'
import { Without } from '../shell/Without'

const COUNTS: readonly (readonly [string, string])[] = [
  ['SourceDocument', marked('documents')],
  ['Actor', marked('actors')],
  ['Agreement', marked('agreements')],
  ['Event', marked('events')],
  ['Standard', marked('standards')],
  ['Country', marked('countries')],
]
/** Questions about the whole graph whose pictures stand here, and their charts. */
const PICTURES: readonly (readonly [string, string])[] = [
  ['agreements-by-country', 'map'],
  ['agreements-by-year', 'years'],
]

export function Start({ graph }: PageProps) {
  const lang = useLang()
  const { counts, since } = graph.app
  const told = (number: number) => number.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en')
  return (
    <>
      <h1>{say(lang, marked('Who works with whom on standards, and where that is written'))}</h1>
      <p class="lead">
        {say(lang, marked('An open graph of standards bodies, agreements, committees, people and events. Every row names the document and the place where it was read.'))}
      </p>
      <Search graph={graph} />
      <dl class="counts">
        {COUNTS.filter(([name]) => counts[name] !== undefined).map(([name, title]) => (
          <div key={name}>
            <dt>{say(lang, title)}</dt>
            <dd>{told(counts[name] as number)}</dd>
          </div>
        ))}
        {since ? (
          <div>
            <dt>{say(lang, marked('earliest year'))}</dt>
            <dd>{since}</dd>
          </div>
        ) : null}
      </dl>
      <Without graph={graph} />
      <Ways graph={graph} />
      {PICTURES.map(([name, chart]) => <Drawn key={name} graph={graph} name={name} chart={chart} />)}
    </>
  )
}

/** The ways into the graph beside the search: questions, networks, lists, the page on the country that most is known of. */
function Ways({ graph }: { readonly graph: PageProps['graph'] }) {
  const lang = useLang()
  const link = useLink()
  const { questions, written } = graph.app
  return (
    <p class="ways">
      <a class="button" href={link(['ask'])}>{say(lang, marked('Ask one of {number} questions'), { number: questions.length })}</a>{' '}
      <a class="button" href={link(['network'])}>{say(lang, marked('See the networks'))}</a>{' '}
      {Object.keys(written).length ? <a class="button" href={`${lang}/index.html`}>{say(lang, marked('Lists of countries, bodies and documents'))}</a> : null}
    </p>
  )
}

function Drawn({ graph, name, chart }: { readonly graph: PageProps['graph']; readonly name: string; readonly chart: string }) {
  const lang = useLang()
  const link = useLink()
  const later = useLater(`${name} ${lang}`, () => ask(graph, name, {}, { lang, hints: false }))
  const answer = later.state === 'done' ? later.value : null
  return (
    <section class="drawing" aria-busy={later.state === 'waiting'}>
      {answer?.rows.length ? (
        <>
          <h2><a href={link(['ask', name])}>{answer.title}</a></h2>
          <Picture graph={graph} answer={answer} name={chart} />
        </>
      ) : null}
    </section>
  )
}
