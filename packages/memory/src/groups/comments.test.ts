import type { Comment } from '@anycontact/core'
import type { AdapterComments } from '@anycontact/core/adapter-kit'
import { describe, expect, test } from 'vitest'
import { type MemoryStore, memory } from '../index.ts'
import { findsMutants, type Mutant } from '../testing/mutants.ts'

describe('comments', () => {
  test('are added, listed and removed, and kept as they were written', async () => {
    const contacts = memory({
      contacts: [{ id: 'ana' }, { id: 'bo' }],
      clock: { now: () => Date.parse('2026-01-31T09:00:00Z') },
    })
    const made = await contacts.comments.create('ana', { text: 'Called back' })
    expect(made).toEqual({
      provider: 'memory',
      id: 'comment_000001',
      contactId: 'ana',
      text: 'Called back',
      createdAt: '2026-01-31T09:00:00.000Z',
      raw: contacts.api.snapshot().comments[0],
    })
    expect(await contacts.comments.list('ana').toArray()).toEqual([made])
    // It is there, but not on that contact.
    await expect(contacts.comments.delete('bo', made.id)).rejects.toMatchObject({ code: 'not_found' })
    await contacts.comments.delete('ana', made.id)
    expect(contacts.api.snapshot().comments).toEqual([])
  })

  test.each([
    ['100 kB', 'Called back. '.repeat(7_700)],
    ['emoji and lines', ' 👩‍👧 Zoë\r\n\t東京\n\n'],
  ])('keep the whole of a text: %s', async (_, text) => {
    const contacts = memory({ contacts: [{ id: 'ana' }] })
    expect((await contacts.comments.create('ana', { text })).text).toBe(text)
    expect((await contacts.comments.list('ana').toArray()).map((one) => one.text)).toEqual([text])
  })

  test('are not on a contact that is not there', async () => {
    const contacts = memory()
    await expect(contacts.comments.create('nobody', { text: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(contacts.comments.delete('nobody', 'x')).rejects.toMatchObject({ code: 'not_found' })
    expect(contacts.api.snapshot().comments).toEqual([])
  })
})

/** An adapter whose comments are written in another way. */
function broken(
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  change: (honest: Required<AdapterComments>, api: MemoryStore) => Partial<AdapterComments>,
): Mutant {
  return [
    name,
    foundBy,
    saying,
    ({ comments, api }) => ({
      // The honest adapter has all three.
      comments: { ...comments, ...change(comments as Required<AdapterComments>, api) },
    }),
  ]
}

const answered = (fields: Partial<Comment>): Comment => ({
  provider: 'memory',
  id: 'comment_x',
  raw: {},
  ...fields,
})

findsMutants('the conformance suite finds an adapter whose comments are broken', [
  broken('answered and not stored', /comments\.create/, /the comments after one was added/, () => ({
    create: async (contactId, { text }) => answered({ contactId, text }),
  })),
  broken(
    'stored in part and answered whole',
    /comments\.create/,
    /did not give what comments\.list gives/,
    ({ create }) => ({
      create: async (id, { text }, context) => ({
        ...(await create(id, { text: text.slice(0, 9) }, context)),
        text,
      }),
    }),
  ),
  broken('stored in part and answered so', /comments\.create/, /only the beginning/, ({ create }) => ({
    create: (id, { text }, context) => create(id, { text: text.slice(0, 9) }, context),
  })),
  broken(
    'stored on every contact',
    /comments\.create/,
    /the comments on another contact/,
    ({ create }, api) => ({
      create: async (id, input, context) => {
        for (const contact of api.snapshot().contacts)
          if (contact.id !== id) await create(contact.id, input, context)
        return create(id, input, context)
      },
    }),
  ),
  broken('stored twice', /comments\.create/, /the comments after one was added/, ({ create }) => ({
    create: async (id, input, context) => {
      await create(id, input, context)
      return create(id, input, context)
    },
  })),
  broken(
    'stored on another contact',
    /comments\.create/,
    /the comments after one was added/,
    ({ create }, api) => ({
      create: async (id, input, context) => {
        const other = api.snapshot().contacts.find((contact) => contact.id !== id)
        return { ...(await create(other?.id ?? id, input, context)), contactId: id }
      },
    }),
  ),
  broken(
    'not stored where the text is there already',
    /comments\.create/,
    /gave the comment that was there/,
    ({ create, list }) => ({
      create: async (id, input, context) => {
        const { items } = await list(id, {}, context)
        return items.find(({ text }) => text === input.text) ?? create(id, input, context)
      },
    }),
  ),
  broken('taken on nobody', /comments\.create/, /on an unknown contact/, ({ create }) => ({
    create: (id, input, context) => create(id, input, context).catch(() => answered(input)),
  })),
  broken('all removed for one', /comments\.delete/, /the comments after one was deleted/, (honest) => ({
    delete: async (id, _commentId, context) => {
      const { items } = await honest.list(id, {}, context)
      for (const one of items) await honest.delete(id, one.id, context)
    },
  })),
  broken('not removed', /comments\.delete/, /the comments after one was deleted/, () => ({
    delete: async () => undefined,
  })),
  broken(
    'removed of any contact',
    /comments\.delete/,
    /of the comment of another contact/,
    (honest, api) => ({
      delete: (id, commentId, context) => {
        const owner = api.snapshot().comments.find((one) => one.id === commentId)?.contactId
        return honest.delete(owner ?? id, commentId, context)
      },
    }),
  ),
  broken('removed twice in silence', /comments\.delete/, /of what is gone/, (honest) => ({
    delete: (id, commentId, context) => honest.delete(id, commentId, context).catch(() => undefined),
  })),
  broken('removed of nobody in silence', /comments\.delete/, /on an unknown contact/, (honest, api) => ({
    delete: async (id, commentId, context) => {
      const isThere = api.snapshot().contacts.some((contact) => contact.id === id)
      if (isThere) await honest.delete(id, commentId, context)
    },
  })),
])
