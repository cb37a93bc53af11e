import { fail, findsMutants, type Mutant } from '../testing/mutants.ts'

const MUTANTS: readonly Mutant[] = [
  [
    'files are those of everyone',
    /files\.list/,
    /file records/,
    ({ files, api }) => ({
      files: {
        list: async () => ({
          items: api.snapshot().files.map(({ id }) => ({ provider: 'memory', id, raw: {} })),
        }),
      },
      comments: files,
    }),
  ],
  [
    'a comment has no raw',
    /comments\.list/,
    /the comment has no raw/,
    ({ comments }) => ({
      comments: {
        ...comments,
        list: async (id, query, context) => {
          const page = await comments.list?.(id, query, context)
          return { ...page, items: (page?.items ?? []).map((item) => ({ ...item, raw: null })) }
        },
      },
    }),
  ],
  [
    'a file has a field that is none',
    /files\.list/,
    /the file has size, which is no field/,
    ({ files }) => ({
      files: {
        list: async (id, query, context) => {
          const page = await files.list?.(id, query, context)
          return { ...page, items: (page?.items ?? []).map((item) => ({ ...item, size: 3 })) }
        },
      },
    }),
  ],
  [
    'activities of another conversation are given',
    /activities\.list/,
    /activity records/,
    ({ api }) => ({
      activities: {
        list: async () => ({
          items: api.snapshot().activities.map(({ id }) => ({ provider: 'memory', id, raw: {} })),
        }),
      },
    }),
  ],
  [
    'an upload gives a path',
    /avatar\.upload/,
    /no http\(s\) URL/,
    () => ({ avatar: { upload: async () => ({ url: '/a.png' }) } }),
  ],
  [
    'dismissing one notice dismisses all',
    /notifications\.dismiss removes/,
    /after one was dismissed/,
    ({ notifications }) => ({
      notifications: {
        ...notifications,
        dismiss: async (_id, context) => notifications.dismissAll?.(context),
      },
    }),
  ],
  [
    'dismissing all does nothing',
    /dismissAll/,
    /after all were dismissed/,
    ({ notifications }) => ({
      notifications: { ...notifications, dismissAll: async () => undefined },
    }),
  ],
  [
    'marking all as read marks none',
    /markRead/,
    /after all were marked/,
    ({ notifications }) => ({
      notifications: {
        ...notifications,
        markRead: async (ids, context) => (ids ? notifications.markRead?.(ids, context) : undefined),
      },
    }),
  ],
  [
    'a primary method leaves the earlier one primary',
    /setPrimary/,
    /email after|two primaries|setPrimary/,
    ({ contactMethods }) => ({
      contactMethods: {
        ...contactMethods,
        setPrimary: async (id, context) => ({
          ...(await contactMethods.get?.(id, context)),
          type: 'email',
          value: '',
          primary: true,
        }),
      },
    }),
  ],
  [
    'getPrimary gives the first of the type',
    /getPrimary/,
    /contactMethods\.getPrimary/,
    ({ contactMethods }) => ({
      contactMethods: {
        ...contactMethods,
        getPrimary: async (id, type, context) =>
          (await contactMethods.list?.(id, {}, context))?.items.find((method) => method.type === type),
      },
    }),
  ],
  [
    'getByMetadata looks at any key',
    /getByMetadata/,
    /of another key/,
    ({ contactMethods }) => ({
      contactMethods: {
        ...contactMethods,
        getByMetadata: async (_key, value, context) =>
          contactMethods.getByMetadata?.('key', value, context) ?? fail(),
      },
    }),
  ],
  [
    'getByExternalId gives a method whatever is asked',
    /getByExternalId/,
    /getByExternalId/,
    ({ contactMethods, api }) => ({
      contactMethods: {
        ...contactMethods,
        getByExternalId: async () => api.snapshot().contacts[0]?.contactMethods[0] ?? fail(),
      },
    }),
  ],
  [
    'null leaves the label',
    /contactMethods\.update/,
    /label/,
    ({ contactMethods }) => ({
      contactMethods: {
        ...contactMethods,
        update: async (id, { label, ...patch }, context) =>
          contactMethods.update?.(id, { ...patch, ...(label != null && { label }) }, context) ?? fail(),
      },
    }),
  ],
  [
    'sync removes nothing',
    /contactMethods\.sync/,
    /sync/,
    ({ contactMethods }) => ({
      contactMethods: {
        ...contactMethods,
        sync: async (id, methods, context) => {
          const present = (await contactMethods.list?.(id, {}, context))?.items ?? []
          const gone = present.filter((method) => methods.every(({ value }) => value !== method.value))
          const kept = gone.map((method) => ({ ...method, primary: false }))
          return contactMethods.sync?.(id, [...kept, ...methods], context) ?? fail()
        },
      },
    }),
  ],
  [
    'deleting a method twice succeeds',
    /contactMethods\.delete/,
    /of what is gone/,
    ({ contactMethods }) => ({
      contactMethods: {
        ...contactMethods,
        delete: async (id, context) => contactMethods.delete?.(id, context).catch(() => undefined),
      },
    }),
  ],
  [
    'createMany stops at a bad item',
    /contactMethods\.createMany/,
    /createMany/,
    ({ contactMethods }) => ({
      contactMethods: {
        ...contactMethods,
        createMany: async (id, inputs, options, context) =>
          (await contactMethods.createMany?.(id, inputs.slice(0, 1), options, context)) ?? [],
      },
    }),
  ],
]

findsMutants('the conformance suite finds a broken group', MUTANTS)
