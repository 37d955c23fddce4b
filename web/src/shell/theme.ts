// Whether the page is dark, and a value that changes with it.

import { useEffect, useState } from 'preact/hooks'

const DARK = '(prefers-color-scheme: dark)'

/** Tells whether the page has a dark screen's colours: as the reader chose, else as the system says. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme']
  return chosen === 'dark' || (chosen !== 'light' && matchMedia(DARK).matches)
}

/** Returns whether the page is dark, anew when that changes. */
export function useDark(): boolean {
  const [dark, set] = useState(isDark())
  useEffect(() => {
    const look = () => set(isDark())
    const seen = new MutationObserver(look)
    seen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const system = matchMedia(DARK)
    system.addEventListener('change', look)
    return () => {
      seen.disconnect()
      system.removeEventListener('change', look)
    }
  }, [])
  return dark
}
