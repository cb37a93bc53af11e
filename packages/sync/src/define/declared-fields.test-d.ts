import type { Contacts } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expectTypeOf, it } from 'vitest'
import { defineSync } from './define-sync.ts'
import { type Declaring, lost, problems } from './testing/definitions.ts'

const store = memory()
const name = 'x'

describe('custom fields that are declared by name', () => {
  it('have to be seen to one by one', () => {
    const declared = (
      source: Contacts<Declaring<'plan' | 'seats'>>,
      target: Contacts<Declaring<'plan'>>,
    ): void => {
      // @ts-expect-error seats have no place
      defineSync({ name, source, target, by: 'externalId' })
      defineSync({ name, source, target, by: 'externalId', lost: ['customFields.seats'] })
      defineSync({ name, source: target, target: source, by: 'externalId' })
      defineSync({ name, source, target: store, by: 'externalId' })
      const fields = { 'customFields.seats': 'customFields.chairs' } as const
      // @ts-expect-error no place of that name
      defineSync({ name, source, target, by: 'externalId', fields })
      // @ts-expect-error it holds no others
      defineSync({ name, source: store, target, by: 'externalId', lost })
      defineSync({ name, source: store, target, by: 'externalId', lost: [...lost, 'customFields'] })
      const found = problems({ source, target, by: 'externalId' })
      expectTypeOf(found).toEqualTypeOf<{
        readonly lost: 'the target does not keep customFields.seats: place it by fields, or name it here.'
      }>()
    }
    expectTypeOf(declared).toBeFunction()
  })
})
