import {
  type Adapter,
  type AdapterContext,
  type CredentialOption,
  createHttpClient,
  credential,
  defineAdapter,
  type HttpClient,
  type HttpOptions,
  type HttpRequest,
} from '@anycontact/core'
import * as v from 'valibot'
import { capabilities } from './capabilities.ts'
import { classify } from './errors.ts'
import { type Person, read, toBody, toContact } from './mapping.ts'

/** What the client is made with: the token, and the options of every adapter that speaks HTTP. */
export interface ExampleCrmOptions extends HttpOptions {
  readonly token: CredentialOption
}

/** The adapter: its capabilities, as types, and the HTTP client underneath. */
export type ExampleCrmAdapter = Adapter<typeof capabilities, Person, never, HttpClient>

const PageSchema = v.object({ people: v.array(v.unknown()), next: v.nullish(v.string()) })

/** Makes the plain adapter, for `createContacts` and for wrappers. */
export function exampleCrmAdapter(options: ExampleCrmOptions): ExampleCrmAdapter {
  const token = credential(options.token, { provider: 'example-crm', name: 'token' })
  const http = createHttpClient({
    ...options,
    provider: 'example-crm',
    defaultBaseUrl: 'https://api.crm.example/v1',
    authHeaders: async () => ({ authorization: `Bearer ${await token()}` }),
    classify,
  })
  /** Every request says which operation it is for, under which name `endpoints` overrides its path, and how it was called. */
  async function send(context: AdapterContext, request: Omit<HttpRequest, 'operation'>): Promise<unknown> {
    const { operation, signal, timeoutMs, headers } = context
    return (await http.json({ operation, signal, timeoutMs, headers, ...request })).data
  }
  const one = (id: string) => ({ path: '/people/{id}', params: { id } })

  return defineAdapter<typeof capabilities, Person, never, HttpClient>({
    specVersion: 1,
    provider: 'example-crm',
    capabilities,
    api: http,
    async list({ where, pageSize, cursor }, context) {
      const email = where.find(({ field }) => field === 'email')?.value
      const query = { limit: pageSize, after: cursor, ...(typeof email === 'string' && { email }) }
      const answer = await send(context, { route: 'list', method: 'GET', path: '/people', query })
      const { people, next } = read(PageSchema, answer)
      return { items: context.mapRecords(people, toContact), nextCursor: next ?? undefined }
    },
    async get({ value: id }, context) {
      return toContact(await send(context, { route: 'get', method: 'GET', ...one(id) }))
    },
    async create(input, context) {
      const request = { route: 'create', method: 'POST', path: '/people', json: toBody(input) }
      return toContact(await send(context, request))
    },
    async update({ value: id }, patch, context) {
      const request = { route: 'update', method: 'PATCH', ...one(id), json: toBody(patch) }
      // Sent twice it does the same as once, which the core takes for granted of a GET only.
      return toContact(await send(context, { ...request, idempotent: true }))
    },
    async delete({ value: id }, context) {
      await send(context, { route: 'delete', method: 'DELETE', ...one(id) })
    },
  })
}
