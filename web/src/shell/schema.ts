// The schema that came with the page, read when it is first asked for.

import { read, source } from '../bundle/bundle'
import { Schema, type SchemaData } from '../services/schema'

let known: Promise<Schema> | undefined

/** Returns the classes and properties as the data use them. */
export function schema(): Promise<Schema> {
  return (known ??= read<SchemaData>(source(), 'schema.json').then(data => new Schema(data)))
}
