import {
  ChatBotKitClient,
  type ChatBotKitClientOptions,
  type ClientOptions,
  ContactClient,
  type ContactCreateRequest,
  type ContactCreateResponse,
  type ContactDeleteResponse,
  type ContactEnsureRequest,
  type ContactEnsureResponse,
  type ContactFetchResponse,
  type ContactInstance,
  type ContactListRequest,
  type ContactListResponse,
  type ContactListStreamItemType,
  type ContactListStreamType,
  type ContactOptions,
  type ContactUpdateRequest,
  type ContactUpdateResponse,
  createContact,
  deleteContact,
  ensureContact,
  fetchContact,
  listContacts,
  type ResponsePromise,
  updateContact,
} from '@anycontact/chatbotkit/api'
import type { ChatBotKitClientOptions as SdkOptions } from '@chatbotkit/sdk/client'
import { describe, expectTypeOf, test } from 'vitest'

/**
 * A program written to the vendor's documentation, with nothing changed but the import. It is compiled, not run;
 * `sdk-types.test.ts` compares each type with the vendor's.
 */
export async function documentedProgram(secret: string): Promise<void> {
  const options: ChatBotKitClientOptions = { secret, retries: 3, retryDelay: 250, timeout: 10_000 }
  const client: ContactClient = new ContactClient(options)

  const fields: ContactOptions = {
    name: 'Jane Doe',
    description: '',
    fingerprint: 'crm-user-000000000042',
    email: 'jane@example.com',
    phone: '+14155552671',
    nick: 'jane',
    preferences: 'email',
    verifiedAt: Date.now(),
    meta: { segment: 'premium', address: { city: 'Porto' } },
  }
  const create: ContactCreateRequest = fields
  const update: ContactUpdateRequest = { ...create, nick: 'jd' }
  const ensure: ContactEnsureRequest = { ...fields, fingerprint: 'crm-user-000000000042' }

  const created: ContactCreateResponse = await client.create(create)
  const updated: ContactUpdateResponse = await client.update(created.id, update)
  const ensured: ContactEnsureResponse = await client.ensure(ensure)
  const fetched: ContactFetchResponse = await client.fetch(ensured.id)
  const deleted: ContactDeleteResponse = await client.delete(updated.id)
  const city: string = fetched.meta?.address.city
  const created_: Date = new Date(fetched.createdAt)

  const request: ContactListRequest = { cursor: 'c1', order: 'desc', take: 10, meta: { segment: 'premium' } }
  const listing: ResponsePromise<ContactListResponse, ContactListStreamType> = client.list(request)
  const names: (string | undefined)[] = (await listing).items.map((contact: ContactInstance) => contact.name)
  for await (const line of client.list().stream({ abortSignal: new AbortController().signal })) {
    const item: ContactListStreamItemType = line
    const type: 'item' = item.type
    const id: string = item.data.id
    console.log(type, id)
  }
  let cursor: string | undefined
  do {
    const page = await client.list({ cursor })
    cursor = page.cursor
  } while (cursor)

  const base: ChatBotKitClient = client.extend({ runAsUserId: 'u1', headers: { 'x-a': '1' } })
  const first: Promise<ContactCreateResponse> = createContact(base, fields)
  const second: Promise<ContactUpdateResponse> = updateContact(base, (await first).id, fields)
  const third: Promise<ContactEnsureResponse> = ensureContact(base, ensure)
  const fourth: ResponsePromise<ContactFetchResponse, never> = fetchContact(base, (await third).id)
  const fifth: ResponsePromise<ContactListResponse, ContactListStreamItemType> = listContacts(base)
  const sixth: Promise<ContactDeleteResponse> = deleteContact(base, (await second).id)
  await Promise.all([fourth, fifth, sixth, listContacts(base, request), listing.cache('names')])
  fifth.then(({ items }) => items.length).catch((error) => console.log(error.message))
  fifth.finally(() => {})
  fifth.catch((error) => console.log(error.message))

  const raw: ResponsePromise<{ items: unknown[] }, never> = client.clientFetch<{ items: unknown[] }, never>(
    '/x',
    {
      buffer: new ArrayBuffer(1),
      endpoint: 'x',
      external: false,
      fetchFn: async (url, init) => fetch(url, init),
      file: { data: 'x', name: 'x.txt', type: 'text/plain' },
      headers: { 'x-a': 1 },
      method: 'POST',
      query: { take: 1 },
      record: { a: 1 },
      retries: 1,
      retryDelay: 1,
      retryTimeout: true,
      timeout: 1,
    },
  )
  console.log(deleted.id, city, created_, names, await raw)
}

describe('types', () => {
  test('are those of the vendor’s documentation', () => {
    type Given = { id: string; fingerprint: string; createdAt: number; updatedAt: number }
    expectTypeOf<Given>().toExtend<ContactInstance>()
    expectTypeOf<{ items: ContactInstance[]; cursor: string }>().toExtend<ContactListResponse>()
    expectTypeOf<ContactFetchResponse>().toExtend<ContactInstance>()
    expectTypeOf<ContactInstance>().toExtend<ContactOptions>()
    expectTypeOf<ContactEnsureRequest['fingerprint']>().toEqualTypeOf<string>()
    expectTypeOf<ContactOptions['email']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<ContactOptions['verifiedAt']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<ContactListRequest['order']>().toEqualTypeOf<'asc' | 'desc' | undefined>()
  })

  test('take more than the vendor’s where a function is called', () => {
    expectTypeOf<SdkOptions>().toExtend<ClientOptions>()
    expectTypeOf<typeof fetch>().toExtend<NonNullable<ClientOptions['fetchFn']>>()
    expectTypeOf(listContacts).toBeCallableWith(new ContactClient({ secret: 'sk-1' }), {
      cursor: undefined,
      take: undefined,
    })
  })

  test('know that clearing is null, and that not everything can be', () => {
    const client = new ContactClient({ secret: 'sk-1' })
    expectTypeOf(client.update).toBeCallableWith('c1', {
      email: null,
      phone: null,
      nick: null,
      verifiedAt: null,
    })
    // @ts-expect-error the column takes no null: clear it with ''
    expectTypeOf(client.update).toBeCallableWith('c1', { name: null })
    // @ts-expect-error no such field
    expectTypeOf(client.update).toBeCallableWith('c1', { colour: 'red' })
    // @ts-expect-error a fingerprint is what it ensures by
    expectTypeOf(client.ensure).toBeCallableWith({ name: 'Ana' })
  })

  test('are those of a promise', () => {
    expectTypeOf<ResponsePromise<string, never>>().toExtend<Promise<string>>()
    expectTypeOf<Awaited<ResponsePromise<string, never>>>().toEqualTypeOf<string>()
    expectTypeOf(new ContactClient({ secret: 'sk-1' }).extend({})).toEqualTypeOf<ContactClient>()
    expectTypeOf(new ChatBotKitClient({ secret: async () => 'sk-1' })).toEqualTypeOf<ChatBotKitClient>()
  })
})
