import { describe, expect, it } from 'vitest'
import { contactsErrorOf } from '../client/testing/failure.ts'
import { readPlace, writePlace } from './numbered-listing.ts'

describe('a place', () => {
  it.each([
    { skip: 0 },
    { skip: 100 },
    { skip: 20, limit: 20 },
    { skip: 1, note: 'msg_1~.5' },
    { skip: 1, limit: 2, note: '\n' },
  ])('of %o is read as it was written', (place) => {
    expect(readPlace(writePlace(place))).toEqual(place)
  })

  it('is the start without a cursor', () => {
    expect(readPlace(undefined)).toEqual({ skip: 0 })
  })

  it.each([
    '',
    'x',
    '7',
    'o',
    'o-1',
    'o1l0',
    'o1.5',
    'o1e9',
    '~a',
    'o~a',
    'o1~',
    'o1l2l3',
    'o99999999999999999',
  ])('is not made of %j', async (cursor) => {
    const error = await contactsErrorOf(() => readPlace(cursor))
    expect(error).toMatchObject({ code: 'invalid_input', issues: [{ path: 'cursor' }] })
    expect(error.message).toBe(
      'The cursor is none of this provider: pass the nextCursor of an earlier page as it is.',
    )
  })
})
