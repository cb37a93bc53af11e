import { C } from './ana.ts'
import { setup } from './setup.ts'

/** A client with three methods, and its group of contact methods. */
export function seeded(
  options: Parameters<typeof setup>[0] = {},
  emulator: Parameters<typeof setup>[1] = {},
) {
  const made = setup(options, emulator)
  made.vendor.seed([
    {
      id: 'e1',
      clientId: C,
      type: 'email',
      value: 'a@example.com',
      isPrimary: true,
      metadata: { k: 'v', n: 1 },
      label: 'Work',
    },
    { id: 'e2', clientId: C, type: 'email', value: 'b@example.com', externalId: 'crm/2' },
    { id: 'p1', clientId: C, type: 'phone', value: '+52 1' },
  ])
  const { contactMethods } = made.contacts
  return { ...made, contactMethods }
}

/** An email address to write. */
export const email = (value: string, more: object = {}) => ({ type: 'email' as const, value, ...more })
