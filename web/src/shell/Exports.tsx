// What a reader takes away of an answer: JSON and CSV as `stdgraph ask` writes them, the records behind its rows as RDF,
// the query that ran.

import type { Graph } from '../graph/reads'
import { marked } from '../locale/locale'
import { textOf } from '../model/cells'
import { type Answer, toJson } from '../model/results'
import { say, useLang, useLink } from './context'
import { save } from './save'

/** So many records are asked for at once. */
const BATCH = 400
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i

/** Returns an answer as `stdgraph ask -f csv --excel` writes it. */
export function csvOf(answer: Answer): string {
  const rows = answer.rows.map(row => answer.columns.map(name => textOf(row.cells[name])))
  return `\ufeff${[answer.columns, ...rows].map(row => `${row.map(quoted).join(',')}\r\n`).join('')}`
}

/** A text that a spreadsheet would run is marked as text. */
function quoted(text: string): string {
  const told = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(told) ? `"${told.replaceAll('"', '""')}"` : told
}

/** Returns what the graph states of the records behind an answer, as N-Triples, which are Turtle too. */
async function turtleOf(graph: Graph, answer: Answer): Promise<string> {
  const records = [...new Set(answer.rows.flatMap(row => row.records))].sort()
  const lines = new Set<string>()
  for (let at = 0; at < records.length; at += BATCH) {
    const values = records.slice(at, at + BATCH).map(iri => `<${iri}>`).join(' ')
    const found = await graph.engine.query(`CONSTRUCT { ?x ?p ?o } WHERE { VALUES ?x { ${values} } ?x ?p ?o }`)
    if (found.kind === 'triples') for (const line of found.lines) lines.add(line)
  }
  return `${[...lines].sort().join('\n')}\n`
}

/** Buttons that save an answer. */
export function Exports({ graph, answer }: { readonly graph: Graph; readonly answer: Answer }) {
  const lang = useLang()
  const link = useLink()
  const name = answer.question
  const json = () => save(`${name}.json`, `${JSON.stringify(toJson(answer), null, 2)}\n`, 'application/json')
  const csv = () => save(`${name}.csv`, csvOf(answer), 'text/csv')
  const turtle = async () => save(`${name}.ttl`, await turtleOf(graph, answer), 'text/turtle')
  const sparql = () => save(`${name}.rq`, answer.query, 'application/sparql-query')
  return (
    <p class="exports">
      <button type="button" class="plain" onClick={json}>{say(lang, marked('Save as JSON'))}</button>
      <button type="button" class="plain" onClick={csv}>{say(lang, marked('Save as CSV'))}</button>
      <button type="button" class="plain" onClick={() => void turtle()}>{say(lang, marked('Save the records as Turtle'))}</button>
      <button type="button" class="plain" onClick={sparql}>{say(lang, marked('Save the query'))}</button>
      <a href={link(['query'], { query: answer.query })}>{say(lang, marked('Open in the SPARQL editor'))}</a>
    </p>
  )
}
