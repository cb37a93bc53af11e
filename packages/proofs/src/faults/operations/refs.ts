import type { ContactRef, RefKey } from '@anycontact/core'
import type { Person } from '../people.ts'

/** Names a person by a key. */
export function refBy(key: RefKey, person: Person): ContactRef {
  switch (key) {
    case 'id':
      return { id: person.id }
    case 'externalId':
      return { externalId: person.externalId }
    case 'email':
      return { email: person.email }
    case 'phone':
      return { phone: person.phone }
  }
}
