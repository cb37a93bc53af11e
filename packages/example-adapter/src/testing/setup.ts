import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import {
  type ExampleCrmAccount,
  type ExampleCrmContacts,
  type ExampleCrmOptions,
  exampleCrm,
} from '../index.ts'
import { createServer, type ExampleCrmServer, TOKEN } from './server.ts'

/** The tests' account. */
export const ACCOUNT = {
  uniqueAttribute: 'member_no',
  customFields: { plan: 'text', seats: 'number', vip: 'boolean', since: 'date' },
} as const satisfies ExampleCrmAccount

/** A client, the server that it talks to, and the clock of both. */
export interface Setup {
  readonly contacts: ExampleCrmContacts<typeof ACCOUNT>
  readonly server: ExampleCrmServer
  readonly clock: TestClock
}

/** Makes a client of a server of its own. @param options - what the client is made with besides */
export function setUp(options: Partial<ExampleCrmOptions<ExampleCrmAccount>> = {}): Setup {
  // Nobody waits for a repetition, or for the turn of a search.
  const clock = createTestClock({ waits: 'pass' })
  const server = createServer({ now: clock.now })
  const contacts = exampleCrm({ token: TOKEN, fetch: server.fetch, clock, ...options, account: ACCOUNT })
  return { contacts, server, clock }
}
