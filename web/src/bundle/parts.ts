// Parts of the program that are loaded when they are used: here modules of their own beside it. In the one page parts.one.ts
// stands in the place of this file.

/** Loads what draws networks. */
export function drawing(): Promise<typeof import('../parts/drawing')> {
  return import('../parts/drawing')
}
