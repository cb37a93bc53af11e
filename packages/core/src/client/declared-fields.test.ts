import { describe, expect, it } from 'vitest'
import type { ContactsWarning } from '../adapter/context.ts'
import type { ContactInput } from '../model/input.ts'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities } from './testing/capabilities.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'

const create = { ...nativeCapabilities.create, slots: ['email', 'phone', 'fax'] } as const

function client(unsupportedFields: 'throw' | 'drop' = 'throw') {
  const warnings: ContactsWarning[] = []
  const capabilities = {
    ...nativeCapabilities,
    create,
    customFields: { plan: 'text', seats: 'number', active: 'boolean', since: 'date' },
  } as const
  const adapter = fakeAdapter(capabilities)
  const contacts = createContacts(adapter, {
    unsupportedFields,
    onWarning: (warning) => warnings.push(warning),
  })
  // What TypeScript would refuse is what is to be checked here.
  const make = (input: ContactInput) => (contacts.create as (input: ContactInput) => Promise<unknown>)(input)
  return { make, warnings, calls: adapter.api.calls }
}

describe('custom fields that are declared by name and type', () => {
  it('are written as they are', async () => {
    const { make, calls } = client()
    const customFields = { plan: 'pro', seats: 3, active: false, since: '2026-01-31T00:00:00Z' }
    await make({ customFields })
    expect(calls[0]?.args[0]).toMatchObject({ customFields })
  })

  it('take no value of another type', async () => {
    const { make, calls } = client()
    const wrong = { plan: 1, seats: '3', active: 'yes', since: 'yesterday' }
    const error = await contactsErrorOf(() => make({ customFields: wrong }))
    expect(error).toMatchObject({ code: 'invalid_input' })
    expect(error.issues?.map(({ path }) => path)).toEqual(
      Object.keys(wrong).map((name) => `customFields.${name}`),
    )
    expect(calls).toEqual([])
  })

  it('are the only ones: another is refused, or left out with a warning', async () => {
    const { make } = client()
    const input = { customFields: { plan: 'pro', color: 'red', gone: null } }
    expect(await contactsErrorOf(() => make(input))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'customFields.color' }],
    })
    const dropping = client('drop')
    await dropping.make(input)
    expect(dropping.calls[0]?.args[0]).toMatchObject({ customFields: { plan: 'pro' } })
    expect(dropping.warnings).toMatchObject([{ field: 'customFields.color' }])
  })
})

describe('fixed places for contact methods', () => {
  const methods: ContactInput['contactMethods'] = [
    { type: 'email', value: 'ana@example.com', primary: true },
    { type: 'fax', value: '+351 1' },
    { type: 'fax', value: '+351 2' },
    { type: 'mobile', value: '+351 3' },
  ]

  it('hold one method of each type', async () => {
    const { make, calls } = client()
    await make({ contactMethods: methods.slice(0, 2) })
    expect(calls).toHaveLength(1)
    const error = await contactsErrorOf(() => make({ contactMethods: methods }))
    expect(error).toMatchObject({ code: 'unsupported_field' })
    expect(error.issues?.map(({ path }) => path)).toEqual(['contactMethods.2', 'contactMethods.3'])
  })

  it('are filled with the first of each type where the client was told to go on', async () => {
    const { make, calls, warnings } = client('drop')
    await make({ contactMethods: methods })
    expect(calls[0]?.args[0]).toMatchObject({ contactMethods: [{ type: 'email' }, { value: '+351 1' }] })
    expect(warnings.map(({ field }) => field)).toEqual(['contactMethods.2', 'contactMethods.3'])
  })

  it('hold primaries, named or not', async () => {
    const { make, calls } = client()
    await make({ contactMethods: [{ type: 'email', value: 'ana@example.com' }] })
    expect(calls[0]?.args[0]).toMatchObject({ email: 'ana@example.com', contactMethods: [{ primary: true }] })
    const other = [{ type: 'email', value: 'eva@example.com' }] as const
    const error = await contactsErrorOf(() => make({ email: 'ana@example.com', contactMethods: other }))
    expect(error).toMatchObject({ code: 'invalid_input', issues: [{ path: 'email' }] })
  })

  it('hold the primary where there are more', async () => {
    const { make, calls } = client('drop')
    const two = [
      { type: 'email', value: 'old@example.com' },
      { type: 'email', value: 'ana@example.com', primary: true },
    ] as const
    await make({ contactMethods: two })
    expect(calls[0]?.args[0]).toMatchObject({ email: 'ana@example.com', contactMethods: [two[1]] })
  })
})
