import type { ContactsWarning } from './call/warning.ts'
import type { FailureEvent, RequestEvent, ResponseEvent, RetryEvent } from './http/types.ts'

/** Where {@link consoleHooks} prints. */
export interface ConsoleHooksOptions {
  /** Takes each line. @default `console.error`, so that a program's standard output stays its own */
  readonly log?: ((line: string) => void) | undefined
}

/** Options of a client that print what it does. */
export interface ConsoleHooks {
  /** Prints an answer. */
  onResponse(event: ResponseEvent): void
  /** Prints a request that got no answer. */
  onFailure(event: FailureEvent): void
  /** Prints that a request is sent again, why and when. */
  onRetry(event: RetryEvent): void
  /** Prints what the client went on without. */
  onWarning(warning: ContactsWarning): void
}

/**
 * Makes hooks that print one line a request, one a repetition and one a warning: for looking at what a client does.
 *
 * A line holds the provider, the operation, the method, the route without ids and query (the path of `baseUrl` is part of it), the
 * status, how long it took and, from the second on, which attempt it was. Nothing else that was given or sent is in it: no credential,
 * header, id, query or body, and of a custom field not even the name.
 *
 * @param options - where to print
 * @returns options to spread into those of a client; `memory()` sends nothing and takes `onWarning` alone
 *
 * @example
 * ```ts
 * const contacts = chatbotkit({ secret, ...consoleHooks() })
 * // chatbotkit get: GET /v1/contact/{contactId}/fetch 503 41 ms
 * // chatbotkit get: GET /v1/contact/{contactId}/fetch again in 180 ms: unavailable
 * // chatbotkit get: GET /v1/contact/{contactId}/fetch 200 38 ms, attempt 2
 * ```
 */
export function consoleHooks(options: ConsoleHooksOptions = {}): ConsoleHooks {
  const { log } = options
  const print = (line: string): void => {
    try {
      if (log) log(line)
      else globalThis.console.error(line)
    } catch {
      // Printing only watches.
    }
  }
  return {
    onResponse: (event) => print(`${sentAs(event)} ${event.status} ${took(event)}${leftOf(event)}`),
    onFailure: (event) => print(`${sentAs(event)} ${event.code ?? 'aborted'} ${took(event)}`),
    onRetry: (event) => print(`${sentAs(event)} again in ${Math.round(event.delayMs)} ms: ${event.code}`),
    onWarning: ({ provider, operation, code, field }) =>
      print(
        `${provider} ${operation}: warning ${code}${field === undefined ? '' : ` ${withoutKeys(field)}`}`,
      ),
  }
}

function sentAs({ provider, operation, method, url }: RequestEvent): string {
  return `${provider} ${operation}: ${method} ${url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')}`
}

function took({ durationMs, attempt }: RequestEvent & { readonly durationMs: number }): string {
  return `${Math.round(durationMs)} ms${attempt === 1 ? '' : `, attempt ${attempt}`}`
}

function leftOf({ remaining }: ResponseEvent): string {
  return remaining === undefined ? '' : `, ${remaining} left`
}

/** Keys of custom fields are the caller's data. */
function withoutKeys(field: string): string {
  return field.replace(/\b(customFields)\..*$/s, '$1.*')
}
