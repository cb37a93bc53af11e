import type { VendorRequest, VendorRequestOptions } from '@anycontact/core'
import type { AnyClient } from '../../src/calls.ts'
import { adapter, type Mutant } from './mutant.ts'

const LOST = /^a request whose answer is lost/

/** Requests by hand. */
export const requestsMutants: readonly Mutant[] = [
  adapter(
    'the answer of a request is kept back',
    /^request gives/,
    /which is not what `endpoint` answers/,
    ({ request }) => ({
      async request(given, context) {
        await request(given, context)
      },
    }),
  ),
  adapter(
    'a lost POST is sent again',
    LOST,
    /how often a POST without an answer was sent/,
    ({ request }) => ({
      request: (given, context) =>
        request({ ...given, effect: given.effect === 'read' ? 'read' : 'idempotent' }, context),
    }),
  ),
  adapter(
    'no lost request is sent again',
    LOST,
    /how often an idempotent POST without an answer was sent/,
    ({ request }) => ({
      request: (given, context) =>
        request({ ...given, effect: given.effect === 'read' ? 'read' : 'once' }, context),
    }),
  ),
  {
    name: 'a path to another server is taken',
    foundBy: /^request refuses/,
    saying: /a request of the path "https:.* should fail with invalid_input/,
    mutation: {
      client: (client) => ({
        ...client,
        request(given: VendorRequest, options?: VendorRequestOptions): Promise<unknown> {
          const { pathname } = new URL(given.path, 'https://tiny.example')
          const any = client as AnyClient // a mutant knows that the tiny client has what it breaks
          return any.request(given.path.startsWith('https:') ? { ...given, path: pathname } : given, options)
        },
      }),
    },
  },
]
