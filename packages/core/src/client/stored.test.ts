import { describe, expect, it } from 'vitest'
import type { ContactsWarning } from '../adapter/context.ts'
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
