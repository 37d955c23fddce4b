// A table as comma-separated values, as `stdgraph … -f csv` writes them (RFC 4180).

import { type Cell, textOf } from './cells'

/** Returns rows as comma-separated values under the names of their columns. */
export function csvOf(columns: readonly string[], rows: readonly { readonly cells: Readonly<Record<string, Cell>> }[]): string {
  const lines = [columns, ...rows.map(row => columns.map(name => textOf(row.cells[name])))]
  return lines.map(line => `${line.length === 1 && line[0] === '' ? '""' : line.map(quoted).join(',')}\r\n`).join('')
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
