import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { Comment } from '../model/records.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { createContacts } from './create-contacts.ts'
import { contactsErrorOf } from './testing/failure.ts'
import type { FakeCall } from './testing/fake-adapter.ts'
import { groupedAdapter } from './testing/grouped-adapter.ts'

failOnUnhandledRejections()

interface Settings {
  readonly before?: (call: FakeCall) => unknown
  /** What the provider stores of a comment, instead of it as it was sent. */
  readonly stores?: (comment: Comment) => Comment
  readonly unsupportedFields?: 'drop'
}

function client({ before, stores, unsupportedFields }: Settings = {}) {
  const { api: calls, comments, ...adapter } = groupedAdapter(before)
  const warned: unknown[] = []
  const create = comments?.create
  const contacts = createContacts(
    {
      ...adapter,
      api: calls,
      comments: {
        ...comments,
        ...(create && {
          create: async (id, input, context) => {
            const made = await create(id, input, context)
            return stores?.(made) ?? made
          },
        }),
      },
    },
    { unsupportedFields, onWarning: ({ code, field }) => warned.push([code, field]) },
  )
  return { contacts, calls, warned }
}

describe('comments.create', () => {
  it('adds a comment to a contact that is named in any way, and gives it as stored', async () => {
    const { contacts, calls } = client()
    const comment = await contacts.comments.create({ externalId: 'user-1' }, { text: ' Called back \n' })
    expect(comment).toEqual({
      provider: 'fake',
      id: '1',
      contactId: 'c1',
      text: ' Called back \n',
      raw: null,
    })
    expect(calls.map(({ method, args }) => [method, ...args])).toEqual([
      ['get', { key: 'externalId', value: 'user-1' }],
      ['comments.create', 'c1', { text: ' Called back \n' }],
    ])
  })

  it.each([
    ['blank text', { text: ' \n' }, 'text'],
    ['no text', {}, 'text'],
    ['text that is none', { text: 5 }, 'text'],
    ['text that is cleared', { text: null }, 'text'],
    ['a NUL', { text: 'a\0b' }, 'text'],
    ['half a surrogate pair', { text: 'a\ud800' }, 'text'],
    ['a field that comments have not', { text: 'a', authorId: 'u1' }, 'authorId'],
    ['no object', 'Called back', ''],
  ])('refuses %s, before anything is sent', async (_, input, path) => {
    const { contacts, calls } = client()
    const error = await contactsErrorOf(() =>
      contacts.comments.create({ externalId: 'user-1' }, input as { text: string }),
    )
    expect(error).toMatchObject({
      code: 'invalid_input',
      operation: 'comments.create',
      issues: [{ path }],
      applied: 'no',
    })
    expect(calls).toEqual([])
  })

  it('takes signs that nobody sees, as notes do', async () => {
    const { contacts, calls } = client()
    await contacts.comments.create('c1', { text: 'family: 👩\u200d👧' })
    expect(calls[0]?.args[1]).toEqual({ text: 'family: 👩\u200d👧' })
  })

  it('is an error where the text was not kept, which says that the comment is there', async () => {
    const stores: Record<string, (comment: Comment) => Comment> = {
      'did not keep it': ({ text: _text, ...comment }) => comment,
      'kept only the beginning of it': (comment) => ({ ...comment, text: 'Called' }),
      'has another value': (comment) => ({ ...comment, text: 'Something else' }),
    }
    for (const [reason, kept] of Object.entries(stores)) {
      const { contacts } = client({ stores: kept })
      expect(
        await contactsErrorOf(() => contacts.comments.create('c1', { text: 'Called back' })),
      ).toMatchObject({
        code: 'unsupported_field',
        applied: 'yes',
        issues: [{ path: 'text', message: expect.stringContaining(reason) }],
        message: expect.stringContaining('the comment has the id 1'),
      })
      const dropping = client({ stores: kept, unsupportedFields: 'drop' })
      expect(await dropping.contacts.comments.create('c1', { text: 'Called back' })).toMatchObject({
        id: '1',
      })
      expect(dropping.warned).toEqual([['unsupported_field', 'text']])
    }
  })

  it('warns of another spelling', async () => {
    const { contacts, warned } = client({ stores: (comment) => ({ ...comment, text: 'Called back' }) })
    expect(await contacts.comments.create('c1', { text: 'Called back\n' })).toMatchObject({
      text: 'Called back',
    })
    expect(warned).toEqual([['rewritten_field', 'text']])
  })

  it('refuses an answer about another contact', async () => {
    const { contacts } = client({ stores: (comment) => ({ ...comment, contactId: 'c2' }) })
    expect(await contactsErrorOf(() => contacts.comments.create('c1', { text: 'Hi' }))).toMatchObject({
      code: 'bad_response',
      operation: 'comments.create',
    })
  })

  it('is not to be made again where its answer was lost', async () => {
    const { contacts } = client({
      before({ context }) {
        // As the transport does for a request that is said to do the same when it is sent twice.
        context.call.beginWrite(true)
        throw new ContactsError({ code: 'network', message: 'Cut off.', retryable: true })
      },
    })
    expect(await contactsErrorOf(() => contacts.comments.create('c1', { text: 'Hi' }))).toMatchObject({
      code: 'network',
      applied: 'unknown',
      retryable: false,
    })
  })
})

describe('comments.delete', () => {
  it('removes a comment, named by its id, of a contact that is named in any way', async () => {
    const { contacts, calls } = client()
    expect(await contacts.comments.delete({ externalId: 'user-1' }, 'k1')).toBeUndefined()
    expect(calls.map(({ method, args }) => [method, ...args])).toEqual([
      ['get', { key: 'externalId', value: 'user-1' }],
      ['comments.delete', 'c1', 'k1'],
    ])
  })

  it('wants the id of one', async () => {
    const { contacts, calls } = client()
    for (const id of ['', ' ', undefined, null, 7, { id: 'k1' }, 'k\0', 'k\u200b']) {
      const error = await contactsErrorOf(() => contacts.comments.delete('c1', id as string))
      expect(error).toMatchObject({
        code: 'invalid_input',
        operation: 'comments.delete',
        issues: [{ path: 'commentId' }],
      })
    }
    for (const ref of ['', { id: ' ' }, undefined]) {
      const error = await contactsErrorOf(() => contacts.comments.delete(ref as string, 'k1'))
      expect(error).toMatchObject({ code: 'invalid_input' })
    }
    expect(calls).toEqual([])
  })

  it('of a comment that is gone is not_found, unless an attempt of its own may have removed it', async () => {
    const gone = new ContactsError({ code: 'not_found', message: 'There is none.' })
    const never = client({
      before: () => {
        throw gone
      },
    })
    expect(await contactsErrorOf(() => never.contacts.comments.delete('c1', 'k1'))).toMatchObject({
      code: 'not_found',
    })
    const lost = client({
      before: () => {
        throw new ContactsError({ code: 'not_found', message: 'There is none.', applied: 'unknown' })
      },
    })
    await lost.contacts.comments.delete('c1', 'k1')
  })
})
