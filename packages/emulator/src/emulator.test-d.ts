import type { ContactClient } from '@chatbotkit/sdk/contact/index'
import { expectTypeOf, test } from 'vitest'
import { createEmulator } from './index.ts'

const { chatbotkit } = createEmulator()

test('fetch stands in for the global one and for the SDK’s', () => {
  expectTypeOf(chatbotkit.fetch).toExtend<typeof fetch>()
  type FetchFn = NonNullable<ConstructorParameters<typeof ContactClient>[0]['fetchFn']>
  expectTypeOf(chatbotkit.fetch).toExtend<FetchFn>()
})

test('what is recorded and stored is read-only', () => {
  expectTypeOf(chatbotkit.requests).not.toExtend<unknown[]>()
  expectTypeOf(chatbotkit.contacts).not.toExtend<unknown[]>()
})

test('faults and seeds are checked', () => {
  // @ts-expect-error there is no such member
  chatbotkit.faults.add({ stauts: 500 })
  // @ts-expect-error a position is of bytes or of lines
  chatbotkit.faults.add({ cut: 'middle' })
  // @ts-expect-error times are numbers
  chatbotkit.seed([{ createdAt: '2024-01-01' }])
})
