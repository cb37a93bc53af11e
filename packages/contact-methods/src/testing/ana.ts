import { setup } from './setup.ts'

/** The id of the client that tests are about. */
export const C = '3c90c3cc-0d44-4b50-8888-8dd25736052a'
/** How reading it looks in `requests()`. */
export const READ = `GET /clients/{id}/contact-methods`
const times = { createdAt: '2025-01-01T00:00:00.000Z', updatedAt: '2025-01-01T00:00:00.000Z' }

/** A client with five methods of every kind of detail. */
export function ana(options: Parameters<typeof setup>[0] = {}, emulator: Parameters<typeof setup>[1] = {}) {
  const made = setup(options, emulator)
  const at = (minute: number) => ({ ...times, createdAt: `2025-01-01T00:0${minute}:00.000Z` })
  made.vendor.seed([
    {
      id: 'e1',
      clientId: C,
      type: 'email',
      value: 'ana@example.com',
      isPrimary: true,
      isVerified: true,
      verifiedAt: '2025-02-01T00:00:00.000Z',
      label: 'Personal',
      externalId: 'crm-e1',
      metadata: { source: 'crm', optIn: true },
      ...at(1),
    },
    { id: 'e2', clientId: C, type: 'email', value: 'work@example.com', label: 'Work', ...at(2) },
    { id: 'p1', clientId: C, type: 'phone', value: '+52 55 1234 5678', isPrimary: true, ...at(3) },
    {
      id: 'm1',
      clientId: C,
      type: 'mobile',
      value: '+52 55 8765 4321',
      isPrimary: true,
      isVerified: true,
      ...at(4),
    },
    { id: 'f1', clientId: C, type: 'fax', value: '+52 55 1111 1111', ...at(5) },
  ])
  const stored = (id: string) => made.vendor.contactMethods.find((method) => method.id === id)
  const values = () =>
    made.vendor.contactMethods.map(({ type, value, isPrimary }) => `${type} ${value}${isPrimary ? ' *' : ''}`)
  /** All methods as a caller would write them back. */
  const entries = async () => {
    const { contactMethods } = await made.contacts.get(C)
    made.vendor.requests.clear()
    return contactMethods.map(({ createdAt: _c, updatedAt: _u, ...entry }) => entry)
  }
  return { ...made, stored, values, entries }
}
