import type { ContactRef, RefKey } from '@anycontact/core'

/** Names a contact by a key. */
export function refOf(key: RefKey, value: string): ContactRef {
  switch (key) {
    case 'id':
      return { id: value }
    case 'externalId':
      return { externalId: value }
    case 'email':
      return { email: value }
    case 'phone':
      return { phone: value }
  }
}
