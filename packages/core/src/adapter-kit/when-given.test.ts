import { expect, it } from 'vitest'
import { whenGiven } from './when-given.ts'

interface Options {
  readonly externalIdProperty?: string | undefined
  readonly pageSize?: number
}

it('gives the part that is made of an option, and nothing where it is absent', () => {
  const given: Options = { externalIdProperty: 'customer_no', pageSize: 0 }
  const fields = (options: Options) => [
    'name',
    ...whenGiven(options, 'externalIdProperty', (property) => ['externalId', property]),
  ]
  expect(fields(given)).toEqual(['name', 'externalId', 'customer_no'])
  expect(fields({})).toEqual(['name'])
  expect(fields({ externalIdProperty: undefined })).toEqual(['name'])
})

it('spreads into objects alike, and takes a value that only looks absent', () => {
  const capabilities = (options: Options) => ({
    ...whenGiven(options, 'pageSize', (maxPageSize) => ({ maxPageSize })),
    complete: true,
  })
  expect(capabilities({ pageSize: 0 })).toEqual({ maxPageSize: 0, complete: true })
  expect(capabilities({})).toEqual({ complete: true })
})
