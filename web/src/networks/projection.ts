// Who meets whom in the same right, and how often. The twin of stdgraph/networks/projection.py.

import { sortedSet } from '../model/order'
import type { Weighing } from './choice'
import type { Tie } from './ties'

export interface Meeting {
  readonly a: string
  readonly b: string
  readonly weight: number
  readonly bodies: number
}

/** Returns each pair of lefts that meet in some right; a right with k lefts counts 1 / (k - 1) for each pair, or 1. */
export function projected(found: readonly Tie[], weight: Weighing): Meeting[] {
  const members = new Map<string, Set<string>>()
  for (const tie of found) members.set(tie.b, (members.get(tie.b) ?? new Set()).add(tie.a))
  const pairs = new Map<string, Map<string, [number, number]>>()
  for (const right of sortedSet(members.keys())) {
    const lefts = sortedSet(members.get(right) as Set<string>)
    const share = 1 / (lefts.length - 1)
    lefts.forEach((a, at) => {
      const row = pairs.get(a) ?? new Map<string, [number, number]>()
      pairs.set(a, row)
      for (const b of lefts.slice(at + 1)) {
        const [sum, bodies] = row.get(b) ?? [0, 0]
        row.set(b, [sum + share, bodies + 1])
      }
    })
  }
  return [...pairs].flatMap(([a, row]) =>
    [...row].map(([b, [sum, bodies]]) => ({ a, b, weight: weight === 'newman' ? Number(sum.toFixed(12)) : bodies, bodies })),
  )
}
