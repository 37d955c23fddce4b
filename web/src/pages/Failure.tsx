// What went wrong, in words, with what one can do.

import { AmbiguousNameError, StdgraphError, UnknownNameError } from '../errors'
import { marked } from '../locale/locale'
import { say, useLang, useLink } from '../shell/context'

/** Tells an error; what is no fault of the reader's is shown as it is. */
export function Failure({ error }: { readonly error: unknown }) {
  const lang = useLang()
  const link = useLink()
  const told = error instanceof StdgraphError ? error.told.in(lang) : String(error)
  const others = error instanceof AmbiguousNameError ? error.candidates : error instanceof UnknownNameError ? error.nearest : []
  return (
    <div class="failure" role="alert">
      <p>{told}</p>
      {others.length ? <ul>{others.map(line => <li key={line}>{line}</li>)}</ul> : null}
      <p><a href={link([])}>{say(lang, marked('To the start page'))}</a></p>
    </div>
  )
}

/** The page of an address that leads nowhere. */
export function NoPage() {
  const lang = useLang()
  return (
    <>
      <h1>{say(lang, marked('There is no such page'))}</h1>
      <Failure error={say(lang, marked('The address is mistyped, or of another version.'))} />
    </>
  )
}
