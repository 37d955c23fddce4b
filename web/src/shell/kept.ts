// What the page keeps for its reader from one visit to the next; a page from disk may have no storage, and forgets.

const forgotten = new Map<string, string>()

/** Returns what was kept under a name. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`stdgraph.${name}`)
  } catch {
    return forgotten.get(name) ?? null
  }
}

/** Keeps a text under a name. */
export function keep(name: string, text: string): void {
  try {
    localStorage.setItem(`stdgraph.${name}`, text)
  } catch {
    forgotten.set(name, text)
  }
}
