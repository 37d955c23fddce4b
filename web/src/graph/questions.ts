// Questions as their files state them: the twin of stdgraph/graph/questions.py, which has read the files.

import type { AppData, ParameterData, QuestionData } from '../bundle/bundle'
import { UnknownQuestionError } from '../errors'
import { local, OWL, SKOS, XSD } from '../model/vocabulary'
import { slots } from '../storage/queries'

/** What a parameter takes that is no thing of its own but a code of a list. */
const CODED = new Set([`${SKOS}Concept`, `${OWL}ObjectProperty`, `${OWL}Class`])

/** Returns a question by name; throws UnknownQuestionError. */
export function question(app: AppData, name: string): QuestionData {
  const found = app.questions.find(one => one.name === name)
  if (!found) throw new UnknownQuestionError(name)
  return found
}

/** Returns the local names of the classes that a thing may have; empty for a literal. */
export function kindsOfParameter(parameter: ParameterData): string[] {
  return parameter.types.filter(type => !type.startsWith(XSD)).map(local)
}

/** Returns the kinds of what a parameter takes that is no code of a list. */
export function thingsOf(parameter: ParameterData): string[] {
  return parameter.types.filter(type => !type.startsWith(XSD) && !CODED.has(type)).map(local)
}

/** Returns the datatype of a literal, or nothing for a thing. */
export function datatypeOf(parameter: ParameterData): string {
  return parameter.types.find(type => type.startsWith(XSD)) ?? ''
}

/** Returns the parameters whose actor may stand for its bodies too: the query has rows `VALUES ?any_NAME` for them. */
export function actorsOf(asked: QuestionData): string[] {
  const rows = slots(asked.query)
  return asked.parameters.map(one => one.name).filter(name => rows.has(`any_${name}`))
}

/** Returns the other parameters that take a group of countries: the rows `VALUES ?NAME` hold its countries. */
export function groupsOf(asked: QuestionData): string[] {
  const actors = actorsOf(asked)
  const takes = asked.parameters.filter(one => kindsOfParameter(one).slice(1).includes('CountryGroup'))
  return takes.map(one => one.name).filter(name => !actors.includes(name))
}
