// The frame of every page: skip link, name, navigation, language, colours, the page itself, what it was made of.

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Graph } from '../graph/reads'
import { marked } from '../locale/locale'
import { say, useLang, useLink } from './context'
import { hashOf, type Place } from './router'
import { Search } from './Search'

const PAGES: readonly (readonly [string, string])[] = [
  ['', marked('Start')],
  ['ask', marked('Questions')],
  ['network', marked('Network')],
  ['query', marked('Query')],
  ['schema', marked('Schema')],
]
const THEMES = ['auto', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]
const CALLED: Readonly<Record<Theme, string>> = {
  auto: marked('colours of the system'),
  light: marked('light colours'),
  dark: marked('dark colours'),
}

interface Props {
  readonly graph: Graph
  readonly place: Place
  readonly children: ComponentChildren
}

export function Shell({ graph, place, children }: Props) {
  const { app } = graph
  const lang = useLang()
  const link = useLink()
  const other = lang === 'zh' ? 'en' : 'zh'
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>{say(lang, marked('To the content'))}</a>
      <header class="top">
        <a class="name" href={link([])}>stdgraph</a>
        <nav aria-label={say(lang, marked('Pages'))}>
          {PAGES.map(([path, title]) => (
            <a key={path} href={link(path ? [path] : [])} aria-current={(place.path[0] ?? '') === path ? 'page' : undefined}>
              {say(lang, title)}
            </a>
          ))}
        </nav>
        {place.path.length ? <Search key={place.query['q']} graph={graph} /> : null}
        <a class="language" lang={other === 'zh' ? 'zh-Hans' : 'en'} hreflang={other === 'zh' ? 'zh-Hans' : 'en'} href={hashOf({ ...place, lang: other })}>
          {other === 'zh' ? '中文' : 'English'}
        </a>
        <Colours />
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
      <footer>
        <p>
          {say(lang, marked('stdgraph {version} · data {data} · {licence}'), {
            version: app.stdgraph,
            data: app.data.replace('sha256:', '').slice(0, 12),
            licence: app.licence.replaceAll('-', '\u2011'), // which does not break into two lines
          })}
        </p>
        {app.packs.length ? <p>{say(lang, marked('Rows of {packs}: under the licence of that register.'), { packs: app.packs.join(', ') })}</p> : null}
        <p>{say(lang, marked('Everything runs in this page: no server is asked, and nothing leaves it.'))}</p>
        <details>
          <summary>{say(lang, marked('Software in this page, and its licences'))}</summary>
          <pre>{app.notices}</pre>
        </details>
      </footer>
    </>
  )
}

function toMain(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

function Colours() {
  const lang = useLang()
  const [theme, set] = useState<Theme>(known())
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme
  const change = () => {
    document.documentElement.dataset['theme'] = next
    keep(next)
    set(next)
  }
  const title = say(lang, marked('Colours: {now}; change to {next}'), { now: say(lang, CALLED[theme]), next: say(lang, CALLED[next]) })
  return (
    <button type="button" class="theme" title={title} aria-label={title} onClick={change}>
      {{ auto: '◐', light: '○', dark: '●' }[theme]}
    </button>
  )
}

/** A page from disk may have no storage. */
function known(): Theme {
  try {
    const kept = localStorage.getItem('stdgraph.theme')
    const theme = THEMES.find(one => one === kept) ?? 'auto'
    document.documentElement.dataset['theme'] = theme
    return theme
  } catch {
    return 'auto'
  }
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem('stdgraph.theme', theme)
  } catch {
    // then it is chosen again next time
  }
}
