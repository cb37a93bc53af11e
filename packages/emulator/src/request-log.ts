import { ConnectionCut } from './connection.ts'
import { faultMetBy } from './exchange.ts'
import type { Handler } from './handler.ts'

/** What the log needs besides the handler. */
export interface RequestLog {
  /** Which vendor a path belongs to, in as many words as the log is to show. */
  readonly vendorOf: (path: string) => string
  /** Takes each line, its line end included. */
  readonly write: (line: string) => void
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Makes a handler write one line for each request once its answer begins: time, vendor, method, path, status and milliseconds,
 * and what a fault did. Headers and bodies are not written, and of a query only its names: a log is often passed on, and values
 * there are emails and phones.
 */
export function logged(handle: Handler, { vendorOf, write, now }: RequestLog): Handler {
  return async (request, signal) => {
    const began = now()
    const { pathname, search } = new URL(request.url)
    const note = (outcome: number | string): void => {
      const time = new Date(began).toISOString()
      const target = `${vendorOf(pathname)} ${request.method} ${pathname}${namesOf(search)}`
      write(`${time} ${target} ${outcome} ${Math.round(now() - began)} ms${faultNote(request)}\n`)
    }
    try {
      const response = await handle(request, signal)
      note(response.status)
      return response
    } catch (error) {
      note(error instanceof ConnectionCut ? 'cut' : 'aborted')
      throw error
    }
  }
}

/** The query with its values replaced, percent-encoding kept. */
function namesOf(search: string): string {
  return search.replaceAll(/=[^&]*/g, '=…')
}

const NO_EFFECT: readonly string[] = ['method', 'path', 'skip', 'times']

function faultNote(request: Request): string {
  const fault = faultMetBy(request)
  if (fault === undefined) return ''
  const effects = Object.keys(fault).filter((name) => !NO_EFFECT.includes(name))
  return ` (fault: ${effects.join(', ')})`
}
