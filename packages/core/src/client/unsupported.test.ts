import { describe, expect, it } from 'vitest'
import { OPERATIONS, type OperationName } from '../adapter/capabilities.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities, readOnlyCapabilities } from './testing/capabilities.ts'
import { people } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'
import { groupedAdapter } from './testing/grouped-adapter.ts'

failOnUnhandledRejections()

const operations = Object.keys(OPERATIONS) as OperationName[]

/** Calls an operation as untyped code would. */
function call(client: object, operation: string, ...args: unknown[]): unknown {
  const [name = '', method] = operation.split('.')
  const member: unknown = Reflect.get(client, name)
  const run: unknown = method === undefined ? member : Reflect.get(member as object, method)
  if (typeof run !== 'function') throw new TypeError(`The client has no ${operation} at run time.`)
  return run(...args)
}

function namesOf(operation: OperationName): string[] {
  const methods: readonly string[] = OPERATIONS[operation]
  return methods.length === 0 ? [operation] : methods.map((method) => `${operation}.${method}`)
}

describe('an operation that the provider has not', () => {
  const client = createContacts(fakeAdapter(readOnlyCapabilities, { contacts: people }))
  const missing = operations.filter((operation) => !['list', 'get'].includes(operation)).flatMap(namesOf)

  it.each(missing)('is refused at run time, by name: %s', async (operation) => {
    const error = await contactsErrorOf(() => call(client, operation, 'c1', []))
    expect(error).toMatchObject({ code: 'unsupported', provider: 'fake', operation })
    expect(error.message).toContain(`fake has no ${operation}`)
    expect(error.message).toContain(`contacts.supports('${operation.split('.')[0]}')`)
  })

  it.each(missing)('is refused in the way in which it would fail otherwise: %s', (operation) => {
    const isPagerOrBatch = /list$|search$|Many$/.test(operation)
    if (isPagerOrBatch) {
      expect(() => call(client, operation)).toThrow(expect.objectContaining({ code: 'unsupported' }))
    } else {
      const answer = call(client, operation)
      expect(answer).toBeInstanceOf(Promise)
      ;(answer as Promise<unknown>).catch(() => undefined)
    }
  })

  it('may be one method of a group that it has', async () => {
    const { contactMethods: group, ...rest } = groupedAdapter()
    if (!group?.list || !group.get) throw new TypeError('The adapter lacks what is taken from it.')
    const partial = createContacts({
      ...rest,
      capabilities: { contactMethods: { list: 'native', get: 'native' } },
      contactMethods: { list: group.list, get: group.get },
    } as const)
    expect(await partial.contactMethods.get('m1')).toMatchObject({ id: 'm1' })
    const error = await contactsErrorOf(() => call(partial, 'contactMethods.sync', 'c1', []))
    expect(error).toMatchObject({ code: 'unsupported', operation: 'contactMethods.sync' })
    expect(() => call(partial, 'contactMethods.createMany', 'c1', [])).toThrow(
      'fake has no contactMethods.createMany',
    )
    expect(partial.supports('contactMethods')).toBe(true)
  })

  it('is told apart by supports', () => {
    expect(operations.filter((operation) => client.supports(operation))).toEqual(['list', 'get'])
    const every = createContacts(fakeAdapter(nativeCapabilities))
    expect(operations.filter((operation) => every.supports(operation))).toEqual(operations.slice(0, 13))
    for (const odd of ['toString', 'constructor', '__proto__', 'provider', '', undefined, null]) {
      expect(client.supports(odd as 'delete')).toBe(false)
    }
  })

  it('makes explain throw too, where it is list', () => {
    const blind = createContacts(fakeAdapter({ get: { mode: 'native', by: ['id'] } }))
    expect(() => blind.explain()).toThrow(expect.objectContaining({ code: 'unsupported', provider: 'fake' }))
  })
})

describe('a client', () => {
  it('tells its provider, capabilities and the client underneath', () => {
    const adapter = fakeAdapter(readOnlyCapabilities)
    const client = createContacts(adapter)
    expect(client.provider).toBe('fake')
    expect(client.capabilities).toBe(readOnlyCapabilities)
    expect(client.api).toBe(adapter.api)
  })

  it('works when its methods are taken off it', async () => {
    const { list, get } = createContacts(fakeAdapter(readOnlyCapabilities, { contacts: people }))
    expect(await list().toArray()).toEqual(people)
    expect(await get('c1')).toEqual(people[0])
  })

  it("calls the adapter's methods on the adapter", async () => {
    const [first] = people
    const adapter = {
      specVersion: 1,
      provider: 'fake',
      capabilities: { get: { mode: 'native', by: ['id'] } },
      api: undefined,
      own: first,
      async get() {
        if (!this.own) throw new TypeError('There is nobody.')
        return this.own
      },
    } as const
    expect(await createContacts(adapter).get('c1')).toBe(first)
  })

  it('does not understand an adapter of another version of the contract', () => {
    const adapter = { ...fakeAdapter(readOnlyCapabilities), specVersion: 2 as 1 }
    expect(() => createContacts(adapter)).toThrow(
      expect.objectContaining({ code: 'config', provider: 'fake' }),
    )
  })
})

describe('a policy', () => {
  it.each([
    ['unsupportedFields', 'ignore'],
    ['unsupportedFields', true],
    ['onInvalid', 'drop'],
    ['onInvalid', 7],
    ['onWarning', 'log'],
    ['concurrency', 0],
    ['concurrency', 1.5],
    ['concurrency', Number.POSITIVE_INFINITY],
    ['concurrency', '4'],
  ])('is refused when %s is %o', (path, value) => {
    const adapter = fakeAdapter(readOnlyCapabilities)
    expect(() => createContacts(adapter, { [path]: value })).toThrow(
      expect.objectContaining({
        code: 'config',
        provider: 'fake',
        issues: [{ path, message: expect.any(String) }],
        message: expect.stringContaining(path),
      }),
    )
  })

  it('may leave out everything, and have more than is looked at', () => {
    const adapter = fakeAdapter(readOnlyCapabilities)
    const policies = [
      undefined,
      {},
      { unsupportedFields: undefined, onInvalid: undefined, concurrency: undefined },
    ]
    for (const policy of policies) expect(createContacts(adapter, policy).provider).toBe('fake')
    const options = { secret: 'x', concurrency: 2, onInvalid: 'skip', unsupportedFields: 'throw' } as const
    expect(createContacts(adapter, options).provider).toBe('fake')
  })
})
