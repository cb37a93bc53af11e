import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import { Stopped } from '../host.ts'
import { safeLines, safeText } from '../output/safe-text.ts'
import { Unfinished } from './ended.ts'
import { EXIT } from './exit-codes.ts'
import { UsageError } from './usage-error.ts'

/** What is said of an error, and the exit code that it ends with. */
export interface Explained {
  /** One paragraph, without a line end. */
  readonly text: string
  readonly exitCode: number
}

/**
 * Says in one plain paragraph what went wrong and what to do.
 *
 * @param verbose - whether all that is known of it is added, a line each; nothing of it is secret
 */
export function explain(error: unknown, verbose: boolean): Explained {
  if (error instanceof Unfinished) {
    const { text, exitCode } = explain(error.cause, verbose)
    const [paragraph = '', ...more] = text.split('\n')
    const stop = /[.!?]$/.test(paragraph) ? '' : '.'
    return { text: [`${paragraph}${stop} ${safeText(error.soFar)}`, ...more].join('\n'), exitCode }
  }
  if (error instanceof Stopped) return { text: error.message, exitCode: error.exitCode }
  if (error instanceof UsageError) return { text: safeText(error.message), exitCode: EXIT.wrongUsage }
  if (ContactsError.is(error)) {
    const exitCode = isWrongUsage(error) ? EXIT.wrongUsage : EXIT.failed
    return { text: safeText(error.message) + (verbose ? details(error) : ''), exitCode }
  }
  const message = error instanceof Error ? error.message : String(error)
  const stack =
    verbose && error instanceof Error && error.stack !== undefined ? `\n${safeLines(error.stack)}` : ''
  return { text: safeText(message) + stack, exitCode: EXIT.failed }
}

const USAGE_CODES: readonly ContactsErrorCode[] = [
  'config',
  'invalid_input',
  'unsupported',
  'unsupported_field',
]

/** Whether the client itself refused what it was asked for, before anything was sent. */
function isWrongUsage({ code, status, applied }: ContactsError): boolean {
  return USAGE_CODES.includes(code) && status === undefined && applied === 'no'
}

function details(error: ContactsError): string {
  const { name: _, message: __, issues = [], ...rest } = error.toJSON()
  const lines = Object.entries(rest).map(([name, value]) => `  ${name}: ${value}`)
  const wrong = issues.map(({ path, message }) => `  ${path === '' ? 'it' : path} ${message}`)
  const stack = error.stack?.split('\n').slice(1).join('\n')
  return safeLines(['', ...lines, ...wrong, ...(stack ? [stack] : [])].join('\n'))
}
