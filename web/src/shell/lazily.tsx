// Pages that are loaded when used.

import type { ComponentType } from 'preact'
import { marked } from '../locale/locale'
import { Failure } from '../pages/Failure'
import { type PageProps, say, useLang } from './context'
import { useLater } from './later'

/** Returns a page whose program is fetched when it is first shown. */
export function lazily(load: () => Promise<ComponentType<PageProps>>): ComponentType<PageProps> {
  let known: ComponentType<PageProps> | undefined
  return function Lazy(props: PageProps) {
    const lang = useLang()
    const later = useLater('', async () => ({ Page: (known ??= await load()) }))
    const Page = later.state === 'done' ? later.value.Page : known
    if (later.state === 'failed') return <Failure error={later.error} />
    return Page ? <Page {...props} /> : <p class="wait">{say(lang, marked('Looking …'))}</p>
  }
}
