import { CONTACT_METHODS_API_KEY, type ContactMethodsRecord, type Emulator } from '@anycontact/emulator'
import { type Row, type Site, sendAs, valuesOf } from './site.ts'

const METHODS = 'https://api.artu.ai/contact-methods'

/** The contact methods, where a contact is what has contact methods, and is gone with the last of them. */
export function contactMethodsSite({ contactMethods: vendor }: Emulator): Site {
  const call = (method: string, path: string, body?: unknown): Promise<void> =>
    sendAs(
      vendor.fetch,
      path === '' ? METHODS : `${METHODS}/${path}`,
      method,
      { authorization: `Bearer ${CONTACT_METHODS_API_KEY}`, 'x-environment': 'test' },
      body,
    )
  const methodsOf = (clientId: string): readonly ContactMethodsRecord[] =>
    vendor.contactMethods.filter((method) => method.clientId === clientId)
  let made = 0
  return {
    provider: 'contact-methods',
    name: 'contact-methods',
    fetch: vendor.fetch,
    isWrite: (method, path) => method !== 'GET' && !path.split('?')[0]?.endsWith('/contact-methods/list'),
    isCountedListing: () => false,
    rows() {
      const clients = new Map<string, ContactMethodsRecord[]>()
      for (const method of vendor.contactMethods) {
        const methods = clients.get(method.clientId)
        if (methods) methods.push(method)
        else clients.set(method.clientId, [method])
      }
      return [...clients].map(([id, methods]) => rowOf(id, methods))
    },
    insert(values) {
      const clientId = values.id ?? `client-${(made * 37) % 101}-${made++}`
      vendor.seed(
        (['email', 'phone'] as const).flatMap((type) => {
          const value = values[type]
          return value ? [{ clientId, type, value, isPrimary: true }] : []
        }),
      )
      return clientId
    },
    async change(id, values) {
      for (const type of ['email', 'phone'] as const) {
        const value = values[type]
        if (value === undefined) continue
        const primary = methodsOf(id).find((method) => method.type === type && method.isPrimary)
        if (value === '') {
          if (primary) await call('DELETE', primary.id)
        } else if (primary) await call('PATCH', primary.id, { value })
        else await call('POST', '', { clientId: id, type, value, isPrimary: true })
      }
    },
    async remove(id) {
      for (const { id: methodId } of methodsOf(id)) await call('DELETE', methodId)
    },
    doubles: () => vendor.audit().doubled.length + vendor.audit().equal.length,
  }
}

function rowOf(id: string, methods: readonly ContactMethodsRecord[]): Row {
  const primary = (type: string): string | undefined =>
    methods.find((method) => method.type === type && method.isPrimary)?.value
  return {
    id,
    values: valuesOf({ id, email: primary('email'), phone: primary('phone') }),
    isGone: false,
    updatedAt: Math.max(...methods.map(({ updatedAt }) => Date.parse(updatedAt))),
  }
}
