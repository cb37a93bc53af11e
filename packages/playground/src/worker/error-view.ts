import { ContactsError } from '@anycontact/core'
import type { ErrorView } from '../shared/messages.ts'
import { inspect } from './inspect.ts'

/** Anything that was thrown or printed as an error, as the page shows it. It may be whatever a program makes of it. */
export function errorView(error: unknown): ErrorView {
  try {
    return viewOf(error)
  } catch {
    return { name: 'Thrown', message: inspect(error), facts: {}, issues: [] }
  }
}

function viewOf(error: unknown): ErrorView {
  if (!(error instanceof Error) && !ContactsError.is(error)) {
    const message = typeof error === 'string' ? error : inspect(error)
    return { name: 'Thrown', message, facts: {}, issues: [] }
  }
  const line = lineOf(error.stack)
  return {
    name: String(error.name),
    message: String(error.message),
    ...(line !== undefined && { line }),
    facts: ContactsError.is(error) ? factsOf(error) : {},
    issues: ContactsError.is(error) ? issuesOf(error) : [],
  }
}

/** The innermost line of the program in a stack: the program is the only module that comes from a blob. */
export function lineOf(stack: unknown): number | undefined {
  const place = /blob:[^\s)]*?:(\d+):\d+/.exec(String(stack))
  return place?.[1] === undefined ? undefined : Number(place[1])
}

function factsOf(error: ContactsError): Readonly<Record<string, string>> {
  const { name, message, issues, ...facts } = error.toJSON()
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, String(value)]))
}

function issuesOf({ issues = [] }: ContactsError): readonly string[] {
  return issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
}
