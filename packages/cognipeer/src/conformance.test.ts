import { testAdapter } from '@anycontact/conformance'
import type { CognipeerOptions as CognipeerServerOptions } from '@anycontact/emulator'
import { test } from 'vitest'
import { cognipeer, cognipeerAdapter } from './cognipeer.ts'
import { connect } from './testing/setup.ts'

/** Servers that answer the vendor's open questions in one way each, and all of them together. */
const SERVERS: Readonly<Record<string, CognipeerServerOptions>> = {
  'replaces objects, stores null': {},
  'merges objects, removes null, answers a part, says success: false': {
    nested: 'merge',
    nulls: 'unset',
    writeReply: 'sent',
    notFound: 'success-false',
    createStatus: 201,
    maxLimit: 20,
    defaultSort: 'random',
    operators: 'documented',
    versionKey: true,
    touchOnNoChange: false,
    sortKeys: 'first',
  },
  'merges objects, stores null, answers ids, says data: null': {
    nested: 'merge',
    writeReply: 'ids',
    notFound: 'null-data',
    largeLimit: 'clamp-silently',
    maxLimit: 30,
    minLimit: 3,
    pastEnd: 'last',
    deletedInList: 'hidden',
  },
  'takes empty text, and not null, for nothing': { nulls: 'ignore', notFound: '400', errorShape: 'nested' },
}

for (const [name, serverOptions] of Object.entries(SERVERS)) {
  testAdapter({
    test,
    prefix: `conformance (a server that ${name}): `,
    create(policy, slow) {
      const { vendor, options: connection } = connect(serverOptions)
      const options = { ...connection, fetch: slow(vendor.fetch), ...policy }
      // Others are there too: some without a name or an address, one soft-deleted, one with what others may store.
      vendor.seed([
        {
          name: 'Somebody Else',
          email: 'else@example.org',
          properties: { plan: 'other', list: ['a', null] },
        },
        { phone: '+14155550000', tags: null, properties: null, email: '', status: null },
        { name: 'Gone', email: 'gone@example.org', integrationId: 'gone', deleted: true },
      ])
      return {
        contacts: cognipeer(options),
        adapter: cognipeerAdapter(options),
        endpoint: {
          path: '/sdk/contact',
          query: { email: 'else@example.org' },
          answers: (answer) => JSON.stringify(answer).includes('Somebody Else'),
        },
        fixtures: {
          deletedContact: () => vendor.seed([{ name: 'Deleted Person', deleted: true }])[0]?._id ?? '',
        },
      }
    },
    // Nothing says that a create with a key of another contact is refused.
    unique: [],
  })
}
