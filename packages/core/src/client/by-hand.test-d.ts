import { describe, expectTypeOf, it } from 'vitest'
import type { VendorRequest, VendorRequestOptions } from './by-hand.ts'
import type { nativeCapabilities } from './testing/capabilities.ts'
import type { FakeAdapter } from './testing/fake-adapter.ts'
import type { Contacts, ContactsWith } from './types.ts'

declare const without: Contacts<FakeAdapter<typeof nativeCapabilities>>
declare const contacts: Contacts<FakeAdapter<{ readonly request: { readonly mode: 'native' } }>>
declare const needing: ContactsWith<'request'>

describe('a request by hand', () => {
  it('is there where the adapter declares it', () => {
    expectTypeOf(contacts.request({ path: '/x' })).toEqualTypeOf<Promise<unknown>>()
    expectTypeOf(contacts).toExtend<ContactsWith<'request'>>()
    needing.request({ path: '/x' })
    // @ts-expect-error this adapter has none
    without.request({ path: '/x' })
    if (without.supports('request')) without.request({ path: '/x' })
  })

  it('has a method, a path, a query and JSON', () => {
    contacts.request({ path: '/x', query: { take: 1, tags: ['a', 1, true], none: undefined, nil: null } })
    contacts.request({ method: 'POST', path: '/x', json: { at: [1, { deep: null }], left: undefined } })
    contacts.request({ method: 'PUT', path: '/x', json: 'text' } as const, { idempotent: true, timeoutMs: 5 })
    // @ts-expect-error it has a path
    contacts.request({ method: 'GET' })
    // @ts-expect-error there is no such method
    contacts.request({ method: 'TRACE', path: '/x' })
    // @ts-expect-error a query is flat
    contacts.request({ path: '/x', query: { where: { a: 1 } } })
    // @ts-expect-error a Date is no JSON
    contacts.request({ method: 'POST', path: '/x', json: { at: new Date(0) } })
    // @ts-expect-error there is no such member
    contacts.request({ path: '/x', body: '' })
    // @ts-expect-error there is no such option
    contacts.request({ path: '/x' }, { scan: true })
    expectTypeOf<keyof VendorRequest>().toEqualTypeOf<'method' | 'path' | 'query' | 'json'>()
    expectTypeOf<VendorRequestOptions['idempotent']>().toEqualTypeOf<boolean | undefined>()
  })
})
