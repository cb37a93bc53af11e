import { adapter, type Mutant } from './mutant.ts'

/** Groups. */
export const groupsMutants: readonly Mutant[] = [
  adapter(
    'conversations of every contact are given',
    /conversations\.list/,
    /conversation/,
    (honest, store) => ({
      conversations: {
        list: async (_contactId, query, context) => {
          const lists = await Promise.all(
            [...new Set(store.rows.map(({ owner }) => owner))].map((owner) =>
              honest.conversations.list?.(owner, query, context),
            ),
          )
          return { items: lists.flatMap((list) => list?.items ?? []) }
        },
      },
    }),
  ),
  adapter('a page of conversations is passed over', /conversations\.list/, /on pages of 1/, (honest) => ({
    conversations: {
      list: async (contactId, query, context) => {
        const answer = await honest.conversations.list?.(contactId, query, context)
        return {
          items: answer?.items ?? [],
          ...(query.cursor === undefined && { nextCursor: answer?.nextCursor }),
        }
      },
    },
  })),
  adapter('a comment is answered cut short', /comments\.create/, /only the beginning/, ({ comments }) => ({
    comments: {
      ...comments,
      create: async (contactId, { text }, context) => {
        const made = await comments.create?.(contactId, { text }, context)
        return { provider: 'tiny', id: '1', raw: {}, ...made, text: text.slice(0, 12) }
      },
    },
  })),
  adapter(
    'a comment is stored on another contact',
    /comments\.delete/,
    /no such comment/,
    ({ comments }, store) => ({
      comments: {
        ...comments,
        create: async (contactId, { text }, context) => {
          const other = store.records.find(({ number }) => String(number) !== contactId)
          const made = await comments.create?.(String(other?.number ?? contactId), { text }, context)
          return { provider: 'tiny', id: '1', raw: {}, text, ...made, contactId }
        },
      },
    }),
  ),
  adapter(
    'a comment of any contact is deleted',
    /comments\.delete/,
    /of the comment of another contact/,
    ({ comments }, store) => ({
      comments: {
        ...comments,
        delete: async (contactId, id, context) => {
          const owner = store.comments.find((one) => one.id === id)?.owner ?? contactId
          store.find('id', contactId)
          await comments.delete?.(owner, id, context)
        },
      },
    }),
  ),
  adapter(
    'a comment of another contact is deleted, and said not to be there',
    /comments\.delete/,
    /no such comment/,
    ({ comments }, store) => ({
      comments: {
        ...comments,
        delete: async (contactId, id, context) => {
          const isOthers = store.comments.some((one) => one.id === id && one.owner !== contactId)
          if (isOthers) store.comments = store.comments.filter((one) => one.id !== id)
          await comments.delete?.(contactId, id, context)
        },
      },
    }),
  ),
  adapter(
    'a comment is answered as another contact’s',
    /comments\.create/,
    /another contact/,
    ({ comments }) => ({
      comments: {
        ...comments,
        create: async (_contactId, input) => ({
          provider: 'tiny',
          id: '1',
          contactId: 'other',
          raw: {},
          ...input,
        }),
      },
    }),
  ),
  adapter(
    'a comment that is gone is deleted again',
    /comments\.delete/,
    /of what is gone/,
    ({ comments }) => ({
      comments: { ...comments, delete: async () => undefined },
    }),
  ),
  adapter(
    'marking one notice as read marks all',
    /markRead/,
    /after one was marked/,
    ({ notifications }) => ({
      notifications: {
        ...notifications,
        markRead: (_ids, context) => notifications.markRead?.(undefined, context) ?? Promise.resolve(),
      },
    }),
  ),
]
