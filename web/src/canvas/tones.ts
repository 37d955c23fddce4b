// The colours of the picture, as the page has them.

import { useMemo } from 'preact/hooks'
import type { Palette } from '../networks/looks'
import type { Tones } from './marks'

/** Returns the colours of paper, ink and edges for a light or a dark screen. */
export function tonesOf({ paper, ink, grid, other }: Palette, isDark: boolean): Tones {
  const tone = isDark ? 1 : 0
  return { paper: paper[tone], ink: ink[tone], edge: other[tone], strong: ink[tone], dim: grid[tone], focus: getComputedStyle(document.documentElement).getPropertyValue('--focus').trim() }
}

export function useTones(palette: Palette, isDark: boolean): Tones {
  return useMemo(() => tonesOf(palette, isDark), [palette, isDark])
}
