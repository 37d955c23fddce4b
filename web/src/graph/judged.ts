// What a person judged already is not asked again: the twin of stdgraph/graph/judged.py.

import type { Solution } from '../engine/engine'
import { type Graph, valueOf } from './reads'

/** Returns the solutions without those of which two columns name a pair that a person judged. */
export function unjudged(graph: Graph, solutions: readonly Solution[], columns: readonly string[]): readonly Solution[] {
  const [one, other] = columns
  if (one === undefined || other === undefined) return solutions
  const judged = new Set(graph.app.judged.map(pair => [...pair].sort().join(' ')))
  return solutions.filter(row => !judged.has([valueOf(row, one), valueOf(row, other)].sort().join(' ')))
}
