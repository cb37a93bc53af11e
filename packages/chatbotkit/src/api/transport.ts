import {
  type Clock,
  ContactsError,
  createHttpClient,
  credential,
  type HttpClient,
  type HttpRequest,
  type RetryEvent,
  type RetryOptions,
  systemClock,
} from '@anycontact/core'
import { classifyChatBotKitError, PROVIDER, who } from '../errors.ts'
import { type ClientSettings, mergeHeaders } from './options.ts'
import { type Target, targetOf } from './url.ts'

/** What a client sends its requests with; shared by a client and its sub-clients. */
export interface Transport {
  readonly http: HttpClient
  /** Where a path goes, overrides considered. */
  target(path: string, endpoint: string | undefined, params: readonly string[]): Target
  /** Adds what the client's options say of repetitions. */
  withRetryRules(request: HttpRequest, retryTimeout?: boolean): HttpRequest
  /** How a cut stream is resumed. */
  readonly resumePolicy: ResumePolicy
  /** Answers kept by `ResponsePromise.cache()`. */
  readonly cache: Map<string, Promise<unknown>>
}

/** How a walk over a stream goes on after a cut: as often, and after waits as long, as the client's retries. */
export interface ResumePolicy {
  /** How often in all, without progress between. */
  readonly attempts: number
  /** Waits before the next attempt; rejects with the signal's reason. */
  pause(failures: number, signal?: AbortSignal): Promise<void>
}

/**
 * Makes the transport of a client.
 *
 * @param settings - with `baseUrl` as its origin alone
 * @throws ContactsError `config` for options that cannot work
 */
export function createTransport(settings: ClientSettings, origin: string): Transport {
  const { endpoints, retryTimeout = true, timezone, runAsUserId, runAsChildUserEmail, onRetry } = settings
  const secret = credential(settings.secret, { provider: PROVIDER, name: 'secret' })
  const http = createHttpClient({
    ...settings,
    provider: PROVIDER,
    baseUrl: origin,
    defaultBaseUrl: origin,
    headers: mergeHeaders(settings.headers, timezone ? { 'x-timezone': timezone } : undefined),
    authHeaders: async () => ({
      authorization: `Bearer ${await secret()}`,
      ...(runAsUserId && { 'x-runas-user-id': runAsUserId }),
      ...(runAsChildUserEmail && { 'x-runas-child-user-email': runAsChildUserEmail }),
    }),
    classify: classifyChatBotKitError,
    // Told by each request instead: a repetition that `retryTimeout` forbids is none.
    onRetry: undefined,
  })
  return {
    http,
    target: (path, endpoint, params) =>
      targetOf(path, endpoint, params, { origin, ...(endpoints && { endpoints }) }),
    withRetryRules: (request, override = retryTimeout) => {
      const tell = tellAll(onRetry, request.onRetry)
      return override ? { ...request, onRetry: tell } : withoutTimeoutRetry({ ...request, onRetry: tell })
    },
    resumePolicy: resumePolicy(settings.retry, settings.clock ?? systemClock, settings.random ?? Math.random),
    cache: new Map(),
  }
}

type RetryHook = (event: RetryEvent) => unknown

/** Calls several hooks; one that throws does not keep the event from the others. */
function tellAll(...hooks: readonly (RetryHook | undefined)[]): RetryHook {
  return (event) => Promise.allSettled(hooks.map(async (hook) => hook?.(event)))
}

/** The request helper repeats attempts that timed out. This ends the call instead, before the wait for the next one. */
function withoutTimeoutRetry(request: HttpRequest): HttpRequest {
  const controller = new AbortController()
  return {
    ...request,
    signal: request.signal ? AbortSignal.any([request.signal, controller.signal]) : controller.signal,
    onRetry: (event) => {
      if (event.code !== 'timeout' || event.status !== undefined) return request.onRetry?.(event)
      controller.abort(
        new ContactsError({
          code: 'timeout',
          message: `${who(request.operation)} no complete answer in time, and \`retryTimeout\` is false.`,
          provider: PROVIDER,
          operation: request.operation,
          retryable: true,
        }),
      )
    },
  }
}

function resumePolicy(
  retry: RetryOptions | false | undefined,
  clock: Clock,
  random: () => number,
): ResumePolicy {
  const { attempts = 4, baseDelayMs = 250, maxDelayMs = 60_000 } = retry || {}
  return {
    attempts: retry === false ? 1 : attempts,
    pause: (failures, signal) =>
      clock.sleep(random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (failures - 1)), signal),
  }
}
