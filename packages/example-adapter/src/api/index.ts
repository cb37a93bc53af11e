import * as kit from '@anycontact/core/adapter-kit'
import type { ExampleCrmAccount, ExampleCrmOptions } from '../options.ts'
import { classify, PROVIDER } from './errors.ts'

const endpoints = {
  listPeople: { method: 'GET', path: '/people' },
  searchPeople: { method: 'POST', path: '/people/search', effect: 'read', group: 'search' },
  getPerson: { method: 'GET', path: '/people/by/{property}/{value}' },
  createPerson: { method: 'POST', path: '/people' },
  updatePerson: { method: 'PATCH', path: '/people/{id}', effect: 'idempotent' },
  archivePerson: { method: 'DELETE', path: '/people/{id}', effect: 'idempotent' },
  upsertPerson: { method: 'PUT', path: '/people/by/{property}', effect: 'idempotent' },
  createPeople: { method: 'POST', path: '/people/batch' },
  updatePeople: { method: 'PATCH', path: '/people/batch', effect: 'idempotent' },
  upsertPeople: { method: 'PUT', path: '/people/batch', effect: 'idempotent' },
} as const satisfies kit.Endpoints

/** The CRM's API by its endpoints: `api.json('getPerson', { params: { property: 'id', value: 'p1' } })`. */
export interface ExampleCrmApi extends kit.Transport<keyof typeof endpoints> {}

/** Makes the API. @throws ContactsError `config` for options that cannot work */
export function createApi(options: ExampleCrmOptions<ExampleCrmAccount>): ExampleCrmApi {
  const token = kit.credential(options.token, { provider: PROVIDER, name: 'token' })
  return kit.createTransport({
    ...options,
    provider: PROVIDER,
    defaultBaseUrl: 'https://api.crm.example/v1',
    authHeaders: async () => ({ authorization: `Bearer ${await token()}` }),
    classify,
    groupLimits: { search: { requests: 5, perMs: 1_000 } },
    routes: endpoints,
  })
}
