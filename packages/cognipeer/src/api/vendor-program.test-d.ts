// biome-ignore-all lint/suspicious/noExplicitAny: the vendor's declared types
// What the vendor's package and its page of contacts declare, as facts: what is exported here under those names is the same.
import { expectTypeOf, test } from 'vitest'
import DefaultClient, * as face from './index.ts'

namespace Vendor {
  export interface Contact {
    _id: string
    email?: string
    integrationId?: string
    name?: string
    phone?: string
    metadata?: Record<string, any>
    properties?: Record<string, any>
    workspaceId: string
    peerId?: string
    tags?: string[]
    status?: string
    createdDate?: string
    modifiedDate?: string
    deleted?: boolean
    [key: string]: any
  }
  export interface CreateContactOptions {
    email?: string
    integrationId?: string
    name?: string
    phone?: string
    metadata?: Record<string, any>
    properties?: Record<string, any>
    tags?: string[]
    status?: string
    [key: string]: any
  }
  export interface GetContactOptions {
    email?: string
    integrationId?: string
  }
  export interface UpdateContactOptions {
    email?: string
    integrationId?: string
    data: {
      name?: string
      email?: string
      phone?: string
      metadata?: Record<string, any>
      properties?: Record<string, any>
      tags?: string[]
      status?: string
      [key: string]: any
    }
  }
  export interface ListContactsOptions {
    page?: number
    limit?: number
    filter?: Record<string, any>
    sort?: Record<string, 1 | -1>
  }
  export interface PaginatedResponse<T> {
    success: boolean
    data: T[]
    total: number
    page: number
    limit: number
  }
  export interface ToolResult {
    executionId: string
    success: boolean
    output: string
    error?: string
  }
  export interface ApiError {
    message: string
    statusCode: number
    details?: any
  }
  export interface CognipeerClientConfig {
    apiUrl?: string
    baseUrl?: string
    token: string
    hookId: string
    fetch?: typeof fetch
    autoExecuteTools?: boolean
    maxToolExecutions?: number
    timeout?: number
    onToolStart?: (toolName: string, args: any) => void
    onToolEnd?: (toolName: string, result: ToolResult) => void
  }
  export interface IContacts {
    create(options: CreateContactOptions): Promise<Contact>
    get(options: GetContactOptions): Promise<Contact>
    update(options: UpdateContactOptions): Promise<Contact>
    list(options?: ListContactsOptions): Promise<PaginatedResponse<Contact>>
  }
}

test('data types are the vendor’s, to the letter', () => {
  expectTypeOf<face.Contact>().toEqualTypeOf<Vendor.Contact>()
  expectTypeOf<face.CreateContactOptions>().toEqualTypeOf<Vendor.CreateContactOptions>()
  expectTypeOf<face.GetContactOptions>().toEqualTypeOf<Vendor.GetContactOptions>()
  expectTypeOf<face.UpdateContactOptions>().toEqualTypeOf<Vendor.UpdateContactOptions>()
  expectTypeOf<face.ListContactsOptions>().toEqualTypeOf<Vendor.ListContactsOptions>()
  expectTypeOf<face.PaginatedResponse<Vendor.Contact>>().toEqualTypeOf<
    Vendor.PaginatedResponse<Vendor.Contact>
  >()
  expectTypeOf<face.ToolResult>().toEqualTypeOf<Vendor.ToolResult>()
  expectTypeOf<face.ApiError>().toEqualTypeOf<Vendor.ApiError>()
})

test('contacts of the one make stand where those of the other are asked for', () => {
  expectTypeOf<Vendor.IContacts>().toExtend<face.IContacts>()
  expectTypeOf<face.IContacts>().toExtend<Vendor.IContacts>()
  expectTypeOf<keyof face.IContacts>().toEqualTypeOf<keyof Vendor.IContacts>()
  // A class of a program's own, which has what the vendor's interface asks for.
  class Recorded implements face.IContacts {
    readonly made: Vendor.CreateContactOptions[] = []
    async create(options: Vendor.CreateContactOptions): Promise<Vendor.Contact> {
      this.made.push(options)
      return { _id: 'c1', workspaceId: 'w1' }
    }
    async get(_options: Vendor.GetContactOptions): Promise<Vendor.Contact> {
      return { _id: 'c1', workspaceId: 'w1' }
    }
    async update(_options: Vendor.UpdateContactOptions): Promise<Vendor.Contact> {
      return { _id: 'c1', workspaceId: 'w1' }
    }
    async list(_options?: Vendor.ListContactsOptions): Promise<Vendor.PaginatedResponse<Vendor.Contact>> {
      return { success: true, data: [], total: 0, page: 1, limit: 10 }
    }
  }
  const mock: face.IContacts = new Recorded()
  const client: face.CognipeerClient = new face.CognipeerClient({ token: 't', hookId: 'h' })
  client.contacts = mock
  const whole = { contacts: mock } as face.CognipeerClient
  const program = ({ contacts }: face.CognipeerClient) => contacts.list()
  expectTypeOf(program(whole)).resolves.toEqualTypeOf<Vendor.PaginatedResponse<Vendor.Contact>>()
})

test('the options take the vendor’s, and more', () => {
  expectTypeOf<Vendor.CognipeerClientConfig>().toExtend<face.CognipeerClientConfig>()
  expectTypeOf<keyof Vendor.CognipeerClientConfig>().toExtend<keyof face.CognipeerClientConfig>()
  expectTypeOf<face.CognipeerClientConfig['token']>().extract<string>().toEqualTypeOf<string>()
  expectTypeOf<NonNullable<face.CognipeerClientConfig['fetch']>>().toExtend<typeof fetch>()
  expectTypeOf<NonNullable<face.CognipeerClientConfig['onToolStart']>>().toEqualTypeOf<
    NonNullable<Vendor.CognipeerClientConfig['onToolStart']>
  >()
  expectTypeOf<NonNullable<face.CognipeerClientConfig['onToolEnd']>>().toEqualTypeOf<
    NonNullable<Vendor.CognipeerClientConfig['onToolEnd']>
  >()
  // Each can be set afterwards, as in the vendor's type.
  const config: face.CognipeerClientConfig = { token: 't', hookId: 'h' }
  config.apiUrl = 'http://localhost:8080/v1'
  config.baseUrl = 'https://app.cognipeer.com'
  config.fetch = fetch
  config.autoExecuteTools = false
  config.maxToolExecutions = 3
  config.onToolStart = (toolName, args) => console.log(toolName, args.anything)
  config.onToolEnd = (toolName, { executionId, output }) => console.log(toolName, executionId, output)
  config.hookId = 'other'
})

test('the client is exported by name and by default', () => {
  expectTypeOf(DefaultClient).toEqualTypeOf<typeof face.CognipeerClient>()
  expectTypeOf(face.CognipeerClient).toBeConstructibleWith({ token: 't', hookId: 'h' })
  expectTypeOf<face.CognipeerClient['contacts']>().toEqualTypeOf<face.IContacts>()
})

test('an error that was caught is read as the vendor’s guide reads it', () => {
  const read = (error: unknown): [string, number, any] => {
    const { message, statusCode, details } = error as face.ApiError
    return [message, statusCode, details]
  }
  expectTypeOf(read).returns.toEqualTypeOf<[string, number, any]>()
})
