// What takes time: a value that is asked for again when what it depends on changes, and the fault where it fails.

import { useEffect, useState } from 'preact/hooks'

export type Later<T> = { readonly state: 'waiting'; readonly value?: T } | { readonly state: 'done'; readonly value: T } | { readonly state: 'failed'; readonly error: unknown }

/** Returns what some work gives, anew for each `name`, and before that what it shows; what comes late is dropped. */
export function useLater<T>(name: string, work: (show: (value: T) => void) => Promise<T>): Later<T> {
  const [found, set] = useState<{ name: string; later: Later<T> }>({ name, later: { state: 'waiting' } })
  useEffect(() => {
    let isWanted = true
    const settle = (later: Later<T>) => isWanted && set({ name, later })
    work(value => settle({ state: 'waiting', value })).then(
      value => settle({ state: 'done', value }),
      (error: unknown) => settle({ state: 'failed', error }),
    )
    return () => void (isWanted = false)
  }, [name])
  return found.name === name ? found.later : { state: 'waiting' }
}
