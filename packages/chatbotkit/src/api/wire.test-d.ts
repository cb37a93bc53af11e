import { describe, expectTypeOf, test } from 'vitest'
import type { ContactInstance, PageResponse } from './types/index.ts'
import type { ChatBotKitRecord, PageRecord } from './wire.ts'

/** The fields that the vendor declares never to be null, and that are read as if they could be. */
type NullOnTheWire<Declared, Sent> = {
  [Field in keyof Declared & keyof Sent]-?: null extends Declared[Field]
    ? never
    : null extends Sent[Field]
      ? Field
      : never
}[keyof Declared & keyof Sent]

describe('where the vendor’s declared types and what it sends differ', () => {
  test('a contact’s fields that are not set are null', () => {
    expectTypeOf<NullOnTheWire<ContactInstance, ChatBotKitRecord>>().toEqualTypeOf<
      | 'name'
      | 'description'
      | 'fingerprint'
      | 'email'
      | 'phone'
      | 'nick'
      | 'preferences'
      | 'verifiedAt'
      | 'meta'
      | 'createdAt'
      | 'updatedAt'
    >()
  })

  test('an empty page has no cursor', () => {
    expectTypeOf<NullOnTheWire<PageResponse<unknown>, PageRecord>>().toEqualTypeOf<'cursor'>()
    expectTypeOf<PageRecord['cursor']>().toEqualTypeOf<string | null | undefined>()
    expectTypeOf<PageResponse<unknown>['cursor']>().toEqualTypeOf<string>()
  })
})
