import { describe, expect, it } from 'vitest'
import type { ContactsWarning } from '../adapter/context.ts'
import type { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactPatch } from '../model/input.ts'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities } from './testing/capabilities.ts'
import { ana, people } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'
import { applyWrite } from './testing/fake-contacts.ts'

/** A provider that gives each new contact an external id, and never clears a name. */
function filling(onWarning?: (warning: ContactsWarning) => void) {
  const capabilities = { ...nativeCapabilities, updateMany: { mode: 'emulated' } } as const
  const adapter = fakeAdapter(capabilities, { contacts: people })
  const { create, update } = adapter
  return createContacts(
    {
      ...adapter,
      ...(create && {
        create: async (input, context) => applyWrite(await create(input, context), { externalId: 'made-up' }),
      }),
      ...(update && {
        update: (ref, patch, context) => {
          const { name, ...rest } = patch
          return update(ref, name === null ? rest : patch, context)
        },
      }),
    } as typeof adapter,
    { onWarning },
  )
}

describe('a field that is written as null', () => {
  it('may be filled in by the provider where the contact is new: nothing was there to clear', async () => {
    const contacts = filling()
    const made = await contacts.create({ name: 'Cleo', externalId: null })
    expect(made).toMatchObject({ name: 'Cleo', externalId: 'made-up' })
  })

  it('is an error where the provider did not clear it', async () => {
    const error = await contactsErrorOf(() => filling().update(ana, { name: null }))
    expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes', issues: [{ path: 'name' }] })
    expect(error.issues?.[0]?.message).toMatch(/did not clear it/)
  })

  it('and was not cleared, does not keep the later items of a batch from writing it', async () => {
    const { failed, succeeded } = await filling().updateMany(
      [
        { ref: 'c1', patch: { name: null } },
        { ref: 'c2', patch: { name: 'Robert' } },
      ],
      { concurrency: 1 },
    )
    expect(failed.map(({ index }) => index)).toEqual([0])
    expect(succeeded.map(({ contact }) => contact.name)).toEqual(['Robert'])
  })
})

/** What is said of an update whose stored value is another one than was written. */
async function said(written: ContactPatch, stored: Partial<Contact>): Promise<readonly string[]> {
  const warnings: ContactsWarning[] = []
  const adapter = fakeAdapter(nativeCapabilities, { contacts: people })
  const contacts = createContacts(
    { ...adapter, update: async () => ({ ...ana, ...stored }) } as typeof adapter,
    { onWarning: (warning) => warnings.push(warning) },
  )
  const error = await contacts.update(ana, written as never).then(
    () => undefined,
    (reason: ContactsError) => reason,
  )
  return [
    ...(error?.issues ?? []).map(({ path }) => `lost ${path}`),
    ...warnings.map(({ field }) => `spelled ${field}`),
  ]
}

describe('a value that is stored in another way', () => {
  it.each<[string, ContactPatch, Partial<Contact>, readonly string[]]>([
    [
      'a day as a moment',
      { customFields: { d: '2026-01-31' } },
      { customFields: { d: '2026-01-31T00:00:00.000Z' } },
      [],
    ],
    [
      'a moment in another zone',
      { customFields: { d: '2026-01-31T10:00:00+01:00' } },
      { customFields: { d: '2026-01-31T09:00:00.000Z' } },
      [],
    ],
    [
      'a number as text',
      { customFields: { n: 10 } },
      { customFields: { n: '10.0' } },
      ['spelled customFields.n'],
    ],
    ['another number', { customFields: { n: -5 } }, { customFields: { n: 5 } }, ['lost customFields.n']],
    [
      'another object',
      { customFields: { o: { a: 1 } } },
      { customFields: { o: { z: 9 } } },
      ['lost customFields.o'],
    ],
    ['equal tags once', { tags: ['VIP', 'vip'] }, { tags: ['vip'] }, ['spelled tags']],
    ['the beginning of a name', { name: 'C++' }, { name: 'C' }, ['lost name']],
    ['another email', { email: 'ana+b@x.com' }, { email: 'anab@x.com' }, ['lost email']],
    ['an email in small letters', { email: 'Ana@X.com' }, { email: 'ana@x.com' }, ['spelled email']],
  ])('%s', async (_, written, stored, expected) => {
    expect(await said(written, stored)).toEqual(expected)
  })
})

it('an onWarning that throws, or whose promise is rejected, fails no write', async () => {
  const thrower = (): never => {
    throw new Error('bug')
  }
  const rejecter = async (): Promise<never> => thrower()
  for (const onWarning of [thrower, rejecter]) {
    const adapter = fakeAdapter(nativeCapabilities, { contacts: people })
    const stored = { ...ana, name: 'ANA SOUZA' }
    let heard = 0
    const contacts = createContacts({ ...adapter, update: async () => stored } as typeof adapter, {
      onWarning() {
        heard++
        return onWarning()
      },
    })
    const updated = await contacts.update(ana, { name: 'Ana Souza' }, { onWarning })
    expect([updated.name, heard]).toEqual(['ANA SOUZA', 1])
    await contacts.update(ana, { name: 'Ana Souza' })
    expect(heard).toBe(2)
  }
})
