import { expectTypeOf, test } from 'vitest'
import DefaultClient, {
  type ApiError,
  CognipeerClient,
  type CognipeerClientConfig,
  type Contact,
  type IContacts,
  type PaginatedResponse,
  type ToolResult,
} from './index.ts'
import type { CognipeerRecord } from './wire.ts'

/** The members that a type names, without its index signature. */
type Named<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] }

/** The named members whose value may be null. */
type Nullable<T> = { [Key in keyof T]-?: null extends T[Key] ? Key : never }[keyof T]

test('the wire differs from the vendor’s types in null, and in that only the id is sure', () => {
  expectTypeOf<keyof Named<CognipeerRecord>>().toEqualTypeOf<keyof Named<Contact>>()
  expectTypeOf<Nullable<Named<Contact>>>().toEqualTypeOf<never>()
  expectTypeOf<Nullable<Named<CognipeerRecord>>>().toEqualTypeOf<Exclude<keyof Named<Contact>, '_id'>>()
  expectTypeOf<Contact['workspaceId']>().toEqualTypeOf<string>()
  // A contact as the vendor types it is a record as it is read here.
  expectTypeOf<Named<Contact>>().toExtend<Named<CognipeerRecord>>()
})

test('the vendor’s options are typed as the vendor has them', () => {
  new CognipeerClient({ token: 't', hookId: 'h', apiUrl: 'http://localhost:8080/v1', timeout: 1000, fetch })
  new CognipeerClient({
    token: 't',
    hookId: 'h',
    baseUrl: 'https://app.cognipeer.com',
    autoExecuteTools: true,
    maxToolExecutions: 3,
    onToolStart: (toolName: string, args) => console.log(toolName.length, args.anything),
    onToolEnd: (toolName: string, { executionId, success, output, error }: ToolResult) =>
      console.log(toolName, executionId, success, output, error),
  })
  const config: CognipeerClientConfig = { token: 't', hookId: 'h' }
  config.timeout = 1000
  // @ts-expect-error both are needed
  new CognipeerClient({ token: 't' })
  expectTypeOf(DefaultClient).toEqualTypeOf<typeof CognipeerClient>()
})

test('the contacts of a client can be replaced by anything that looks like them', () => {
  const client = new CognipeerClient({ token: 't', hookId: 'h' })
  expectTypeOf(client.contacts).toEqualTypeOf<IContacts>()
  const contact: Contact = { _id: 'c1', workspaceId: 'w1' }
  client.contacts = {
    create: async ({ email }) => ({ ...contact, email: email ?? '' }),
    get: async () => contact,
    update: async ({ data }) => ({ ...contact, ...data }),
    list: async () => ({ success: true, data: [contact], total: 1, page: 1, limit: 10 }),
  }
  // A whole client too: it has no private members.
  expectTypeOf<{ contacts: IContacts }>().toExtend<CognipeerClient>()
  // @ts-expect-error closed
  client.contacts.get({ id: 'c1' })
})

test('the other types are the vendor’s', () => {
  expectTypeOf<PaginatedResponse<Contact>>().toEqualTypeOf<{
    success: boolean
    data: Contact[]
    total: number
    page: number
    limit: number
  }>()
  expectTypeOf<Named<ApiError>>().toExtend<{ message: string; statusCode: number }>()
  expectTypeOf<Contact['anything']>().toBeAny()
})
