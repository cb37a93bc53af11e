import { describe, expect, it, vi } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { ContactsPolicy } from './policy.ts'
import { ana, bob, nativeClient } from './testing/clients.ts'
import { contactsErrorOf, failureOf } from './testing/failure.ts'
import { UNMAPPABLE } from './testing/fake-adapter.ts'
import { fakeContact } from './testing/fake-contacts.ts'

const odd = fakeContact('c9', { status: UNMAPPABLE })

function clientWith(policy?: ContactsPolicy) {
  return nativeClient({ contacts: [ana, odd, bob], pageSize: 10 }, policy).contacts
}

describe('a record that cannot be mapped', () => {
  it.each([undefined, 'throw'] as const)('is an error, with onInvalid: %s', async (onInvalid) => {
    const onWarning = vi.fn()
    const error = await contactsErrorOf(() => clientWith({ onInvalid, onWarning }).list())
    expect(error).toMatchObject({
      code: 'bad_response',
      provider: 'fake',
      operation: 'list',
      issues: [{ path: 'name', message: 'is missing' }],
    })
    expect(onWarning).not.toHaveBeenCalled()
  })

  it('is left out with a warning when it is to be skipped', async () => {
    const onWarning = vi.fn()
    const page = await clientWith({ onInvalid: 'skip', onWarning }).list()
    expect(page.items).toEqual([ana, bob])
    expect(onWarning).toHaveBeenCalledExactlyOnceWith({
      code: 'invalid_record',
      provider: 'fake',
      operation: 'list',
      message: 'A record was left out of the listing: The record has no name.',
    })
  })

  it('is left out without anybody to warn, too', async () => {
    expect((await clientWith({ onInvalid: 'skip' }).list()).items).toEqual([ana, bob])
  })

  it('is what a function decides about, given the error and the record', async () => {
    const onInvalid = vi.fn((_error: ContactsError, _record: unknown): 'throw' | 'skip' => 'skip')
    expect((await clientWith({ onInvalid }).list()).items).toEqual([ana, bob])
    expect(onInvalid).toHaveBeenCalledOnce()
    const [error, record] = onInvalid.mock.calls[0] ?? []
    expect(ContactsError.is(error) && error.code).toBe('bad_response')
    expect(record).toBe(odd)
    expect((await contactsErrorOf(() => clientWith({ onInvalid: () => 'throw' }).list())).code).toBe(
      'bad_response',
    )
  })

  it('is an error when a function decides nothing that there is', async () => {
    const onInvalid = (() => undefined) as unknown as () => 'skip'
    expect((await contactsErrorOf(() => clientWith({ onInvalid }).list())).code).toBe('bad_response')
  })

  it('may make the function throw', async () => {
    const onInvalid = (): never => {
      throw new Error('mine')
    }
    expect(await failureOf(() => clientWith({ onInvalid }).list())).toEqual(new Error('mine'))
  })

  it('is not what any other failure in mapping is', async () => {
    const { contacts } = nativeClient(
      {
        before({ context }) {
          context.mapRecords([1], () => {
            throw new TypeError('a slip in the adapter')
          })
        },
      },
      { onInvalid: 'skip' },
    )
    expect(await failureOf(() => contacts.list())).toEqual(new TypeError('a slip in the adapter'))
  })

  it('does not shift the positions that the adapter is told', async () => {
    const seen: number[] = []
    const { contacts } = nativeClient(
      {
        before({ context }) {
          const mapped = context.mapRecords(['a', 'bad', 'c'], (record, index) => {
            seen.push(index)
            if (record === 'bad') throw new ContactsError({ code: 'bad_response', message: 'No.' })
            return `${record}${index}`
          })
          expect(mapped).toEqual(['a0', 'c2'])
        },
      },
      { onInvalid: 'skip' },
    )
    await contacts.list()
    expect(seen).toEqual([0, 1, 2])
  })
})
