import { createTestClock, type TestClock } from '../../adapter-kit/test-clock.ts'
import type { CallSettings } from '../../call/scope.ts'
import { ContactsError } from '../../errors.ts'
import { createHttpClient } from '../client.ts'
import type { HttpClient, HttpConfig, HttpRequest } from '../types.ts'
import { type Answer, type SentRequest, stubFetch } from './stub-fetch.ts'

/** A client over a stubbed `fetch` and a fake clock. */
export interface TestClient {
  readonly http: HttpClient
  readonly clock: TestClock
  readonly sent: readonly SentRequest[]
}

/** Creates a client of the provider `acme` at `https://api.acme.test/v1`, which waits half of the longest backoff. */
export function testClient(answers: readonly Answer[], options: Partial<HttpConfig> = {}): TestClient {
  const clock = createTestClock()
  const { fetch, sent } = stubFetch(...answers)
  const http = createHttpClient({
    provider: 'acme',
    defaultBaseUrl: 'https://api.acme.test/v1',
    fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  return { http, clock, sent }
}

/** A read. */
export const read: HttpRequest = { call: { operation: 'list' }, method: 'GET', path: '/contacts' }

/** A write that must not be applied twice. */
export const write: HttpRequest = {
  call: { operation: 'create' },
  method: 'POST',
  path: '/contacts',
  json: { name: 'Ana Souza' },
}

/** The same request, of a call with these settings too. */
export function inCall(request: HttpRequest, settings: CallSettings): HttpRequest {
  return { ...request, call: { ...request.call, ...settings } }
}

/** The {@link ContactsError} that a promise is rejected with; fails when it is not. */
export async function contactsError(promise: Promise<unknown>): Promise<ContactsError> {
  const error = await promise.then(
    () => new Error('expected a rejection'),
    (reason: unknown) => reason,
  )
  if (ContactsError.is(error)) return error
  throw new Error('expected a ContactsError', { cause: error })
}

/** The {@link ContactsError} that a function throws; fails when it does not. */
export function thrownError(run: () => unknown): ContactsError {
  try {
    run()
  } catch (error) {
    if (ContactsError.is(error)) return error
    throw new Error('expected a ContactsError', { cause: error })
  }
  throw new Error('expected a throw')
}
