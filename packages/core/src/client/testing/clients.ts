import { createContacts } from './../create-contacts.ts'
import type { ContactsPolicy } from '../policy.ts'
import { nativeCapabilities, scanCapabilities } from './capabilities.ts'
import { type FakeOptions, fakeAdapter } from './fake-adapter.ts'
import { fakeContact } from './fake-contacts.ts'

/** Three people, two of whom share an address. */
export const ana = fakeContact('c1', {
  externalId: 'user-1',
  name: 'Ana',
  email: 'ana@example.com',
  phone: '+351 1',
})
export const bob = fakeContact('c2', {
  externalId: 'user-2',
  name: 'Bob',
  email: 'bob@example.com',
  phone: '+351 2',
})
export const twin = fakeContact('c3', {
  externalId: 'user-3',
  name: 'Bob',
  email: 'bob@example.com',
  phone: '+351 2',
})
export const people = [ana, bob, twin]

/** A client of a provider that does everything itself. */
export function nativeClient(options: FakeOptions = {}, policy?: ContactsPolicy) {
  const { api, ...adapter } = fakeAdapter(nativeCapabilities, { contacts: people, ...options })
  const contacts = createContacts({ ...adapter, api }, policy)
  return {
    contacts,
    calls: api.calls,
    stored: api.contacts,
    methods: () => api.calls.map(({ method }) => method),
  }
}

/** A client of a provider that looks up by id alone, where the rest is emulated. */
export function scanningClient(options: FakeOptions = {}, policy?: ContactsPolicy) {
  const { api, ...adapter } = fakeAdapter(scanCapabilities, { contacts: people, ...options })
  const contacts = createContacts({ ...adapter, api }, policy)
  return {
    contacts,
    calls: api.calls,
    stored: api.contacts,
    methods: () => api.calls.map(({ method }) => method),
  }
}
