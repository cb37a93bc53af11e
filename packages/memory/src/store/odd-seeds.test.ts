import { ContactsError } from '@anycontact/core'
import { expect, it } from 'vitest'
import { type MemoryOptions, memory } from '../index.ts'

const contact = { id: 'c1', name: 'Ana' }

/** Options as a program that TypeScript did not check may give them. */
const loosely = (options: unknown): MemoryOptions => options as MemoryOptions

it.each([
  ['contact methods that are no list', { contacts: [{ ...contact, contactMethods: new Error('x') }] }],
  ['a contact method that is null', { contacts: [{ ...contact, contactMethods: [null] }] }],
  ['a function in a row', { notifications: [{ title: () => null }] }],
  ['a row whose id is none', { notifications: [{ title: 'x', id: {} }] }],
  ['an array of four billion holes', { files: new Array(2 ** 32 - 1) }],
  ['ids that are no text', { contacts: [{ name: 'Ana' }], ids: () => null }],
  ['a clock that gives no time', { contacts: [contact], clock: { now: () => Number.NaN } }],
])('%s: refused', (_what, options) => {
  const make = (): unknown => memory(loosely(options))
  expect(make).toThrow(ContactsError)
})

it('what is seeded later is read as what a store begins with', () => {
  const { api } = memory()
  expect(() => api.seed(loosely(null))).toThrow(ContactsError)
  expect(() => api.seed(loosely({ files: [{ contactId: 'c1', name: Symbol('x') }] }))).toThrow(ContactsError)
  expect(api.seed({ contacts: [contact] }).contacts).toHaveLength(1)
})
