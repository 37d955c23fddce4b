// Parts of the program that are loaded when they are used: in the one page data that stand in it, gzipped, which its policy
// knows as scripts by their hashes. build.mjs puts this file in the place of parts.ts.

import { source } from './bundle'
import { unpacked } from './unpacked'

/** Runs what draws networks. */
export function drawing(): Promise<typeof import('../parts/drawing')> {
  return run('drawing')
}

const started = new Map<string, Promise<unknown>>()

function run<T>(name: string): Promise<T> {
  const known = started.get(name) ?? begun(name)
  started.set(name, known)
  return known as Promise<T>
}

/** Runs a part; its script leaves what it exports under its name. */
async function begun(name: string): Promise<unknown> {
  const text = new TextDecoder().decode(await unpacked(await source().packed(`${name}.js`)))
  const script = document.createElement('script')
  script.textContent = text
  document.head.append(script)
  return (globalThis as unknown as Record<string, unknown>)[`stdgraph_${name}`]
}
