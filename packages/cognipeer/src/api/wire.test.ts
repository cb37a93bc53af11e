import type { ContactsError } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { readRecord } from './wire.ts'

const errorOf = (value: unknown): Promise<unknown> =>
  failure(Promise.resolve().then(() => readRecord(value, 'data.3')))

describe('a record', () => {
  it('is handed on as it is, with members that nobody knows', () => {
    const record = { _id: 'c1', email: null, tags: [], favouriteColour: { r: 1 }, __v: 0 }
    expect(readRecord(record)).toBe(record)
  })

  it('is refused with the paths of everything that is wrong, and no values', async () => {
    const error = await errorOf({ _id: '', name: 7, tags: ['a', 7], properties: [], deleted: 'secret' })
    expect(error).toMatchObject({ code: 'bad_response', provider: 'cognipeer' })
    const { issues = [] } = error as ContactsError // as its code shows
    expect(issues.map(({ path }) => path)).toEqual([
      'data.3._id',
      'data.3.name',
      'data.3.properties',
      'data.3.tags.1',
      'data.3.deleted',
    ])
    expect(JSON.stringify(error)).not.toContain('secret')
  })
})
