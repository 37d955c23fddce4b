// The worker that looks names up and understands words, so that the page never waits for either.
// It is a classic script like that of the engine; the parts of the bundle come in the first message.

import type { AppData, NamesData } from '../../bundle/bundle'
import { unpacked } from '../../bundle/unpacked'
import { readScript, readWords } from '../../model/spelling'
import { Finding, type Found } from '../../storage/finding'
import { Names } from '../../storage/names'
import type { Calls, Deed, Load, Reply, Sought } from '../../storage/seeker'
import type { WordsData } from './data'
import { Understanding } from './understanding'

const scope = self as unknown as { onmessage: unknown; postMessage(reply: Reply): void }
let begun: Promise<Calls> | undefined

scope.onmessage = (event: MessageEvent<Load | Deed>) => {
  const given = event.data
  if ('names' in given) begun = begin(given)
  else void answer(given)
}

async function answer({ id, call, given }: Deed): Promise<void> {
  try {
    const calls = (await begun) as unknown as Record<string, (...given: readonly unknown[]) => unknown>
    scope.postMessage({ id, value: await calls[call]?.(...given) })
  } catch (error) {
    scope.postMessage({ id, fault: String(error) })
  }
}

async function begin(load: Load): Promise<Calls> {
  const [app, names] = await Promise.all([read<AppData>(load.app), read<NamesData>(load.names)])
  readScript(app.script)
  readWords(app.finding.spelling.EMPTY, app.finding.spelling.ENDINGS)
  const known = new Names(names)
  const finding = new Finding(known, app.finding)
  const places = new Map(known.all.map((thing, at) => [thing, at]))
  const sought = (found: readonly Found[]): Sought[] =>
    found.map(({ thing, matched, score, why }) => ({ at: places.get(thing) as number, matched, score, why }))
  let understanding: Promise<Understanding> | undefined
  const words = () => (understanding ??= read<WordsData>(load.answers).then(data => new Understanding(app, finding.index, data)))
  return {
    find: (text, kinds, most) => sought(finding.find(text, kinds, most)),
    meant: (text, kinds) => sought(finding.meant(text, kinds)),
    nearest: (text, kinds) => sought(finding.nearest(text, kinds)),
    prepare: async () => void (await words()),
    understand: async (text, whole) => (await words()).understand(text, whole),
    narrow: async (text, told) => (await words()).narrow(text, told),
    shares: async (text, told) => (await words()).shares(text, told),
    others: async (text, asked, given, there) => (await words()).others(text, asked, given, there),
    wordsOf: async iris => (await words()).wordsOf(iris),
    postings: async () => (await words()).postings(),
  }
}

async function read<T>(data: ArrayBuffer): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await unpacked(data))) as T
}
