// What can go wrong, as a person is told: the twin of stdgraph/errors.py, without what only files and commands have.

import { type Phrase, phrase } from './locale/locale'

/** Base of all errors that are told to people; `told` is the sentence. */
export class StdgraphError extends Error {
  readonly told: Phrase

  constructor(told: Phrase) {
    super(told.english)
    this.told = told
  }
}

/** A text is not what it should be; who knows the parameter makes a ParameterError of it. */
export class ValueFault extends StdgraphError {}

/** There is no question of that name. */
export class UnknownQuestionError extends StdgraphError {
  constructor(name: string) {
    super(phrase("There is no question '{name}'.", { name }))
  }
}

/** A parameter is missing, unknown, or cannot have that value. */
export class ParameterError extends StdgraphError {
  readonly parameter: string

  constructor(parameter: string, detail: Phrase) {
    super(phrase('{parameter}: {detail}.', { parameter, detail }))
    this.parameter = parameter
  }
}

/** Nothing bears that name; `nearest` are names that come near. */
export class UnknownNameError extends StdgraphError {
  constructor(name: string, readonly nearest: readonly string[] = []) {
    super(phrase("Nothing in the graph is named '{name}'.", { name }))
  }
}

/** Several things bear that name; `candidates` are they. */
export class AmbiguousNameError extends StdgraphError {
  constructor(name: string, readonly candidates: readonly string[]) {
    super(phrase("'{name}' names {count} things.", { name, count: candidates.length }))
  }
}

/** There is no page on such things. */
export class NoProfileError extends StdgraphError {}

/** The engine refused a query, or failed. */
export class EngineError extends StdgraphError {}
