// Which thing a name means, also a part of one: the rest of the twin of `resolve` in stdgraph/storage/names.py.

import { AmbiguousNameError, UnknownNameError } from '../errors'
import type { Lang } from '../locale/locale'
import type { Named } from '../storage/names'
import type { Graph } from './reads'

/**
 * Returns the one thing that a name means, or all its words in any order.
 * Throws AmbiguousNameError, or UnknownNameError with the names that come near.
 */
export async function named(graph: Graph, name: string, kinds: readonly string[], lang: Lang): Promise<Named> {
  try {
    return graph.names.resolve(name, kinds, lang)
  } catch (error) {
    if (!(error instanceof UnknownNameError)) throw error
  }
  const lines = (found: readonly { readonly thing: Named }[]) => found.map(one => graph.names.line(one.thing, lang))
  const meant = await graph.seeker.meant(name, kinds)
  const [first] = meant
  if (first && meant.length === 1) return first.thing
  if (first) throw new AmbiguousNameError(name, lines(meant))
  throw new UnknownNameError(name, lines(await graph.seeker.nearest(name, kinds)))
}
