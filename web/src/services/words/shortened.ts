// Things that a question names in short: `China-UK commission`, 青岛论坛, by the beginning and the end of their names.
// The twin of stdgraph/services/words/shortened.py.

import { byCodePoint } from '../../model/order'
import { HAN, key } from '../../model/spelling'
import type { Named } from '../../storage/names'
import type { NameRow } from '../../storage/nameindex'
import { isThing, type Spotted, type Spotting } from './spotting'

const NOUN = /[\s-]*([a-z]{4,}|[㐀-鿿]{2,3})/y
/** What stands between two countries of one name. */
const JOINED = /^(?:[\s-]*(?:and)?[\s-]*|[和与、—－-])$/
/** What names of a standard have, which are preferred. */
const STANDARD = /标准|standard/
const PREFERRED = 99

/** Returns the things that places, or two countries, and the noun behind them name: those of the shortest name. */
export function shortened(by: Spotting, folded: string, found: readonly Spotted[]): Spotted[] {
  const places = found.filter(one => isThing(one) && one.kinds.includes('Place'))
  const chosen: Spotted[] = []
  places.forEach((place, at) => {
    const before = places[at - 1]
    const isJoined = before !== undefined && JOINED.test(folded.slice(before.last, place.first))
    const { first } = isJoined ? before : place
    NOUN.lastIndex = place.last
    const noun = NOUN.exec(folded)
    if (!noun || (!isJoined && place.kinds.includes('Country'))) return
    const thing = called(by, folded.slice(first, place.last), noun[1] as string)
    const last = place.last + noun[0].length
    if (thing) chosen.push({ thing, said: folded.slice(first, last), first, last, kinds: thing.kinds })
  })
  return chosen
}

/** Returns the thing whose name begins and ends so; nothing where none does or several do equally. */
function called({ index, numbers }: Spotting, beginning: string, noun: string): Named | undefined {
  const first = key(beginning.replace(/^the /, ''))
  const nouns = HAN.test(noun) ? [key(noun.slice(0, 3)), key(noun.slice(0, 2))] : [key(noun)]
  for (const last of new Set(nouns)) {
    const sizes: { thing: Named; size: number }[] = []
    for (const number of index.beginning(first)) {
      const { key: name, thing } = index.rows[number] as NameRow
      if (!name.endsWith(last) || name.length <= first.length + last.length) continue
      sizes.push({ thing, size: name.length - (STANDARD.test(name) ? PREFERRED : 0) })
    }
    sizes.sort((a, b) => a.size - b.size || byCodePoint(a.thing.iri, b.thing.iri))
    const near = sizes.filter(one => one.size === sizes[0]?.size && one.size <= numbers.shortened.LONGER * (first.length + last.length))
    const things = new Set(near.map(one => one.thing))
    if (things.size === 1) return [...things][0]
  }
  return undefined
}
