import { type AdapterListQuery, type Contact, ContactsError, type ContactWrite } from '@anycontact/core'
import type { Mutation } from './run-suite.ts'
import { page, type TinyAdapter } from './tiny-adapter.ts'
import { toContact } from './tiny-store.ts'

/** Something broken, and which test must find it. */
export interface Mutant {
  /** What is broken, in words. */
  readonly name: string
  readonly mutation: Mutation
  /** The tests to run; one of them must fail. */
  readonly foundBy: RegExp
  /** What the failure must say. */
  readonly saying: RegExp
}

type Broken = Partial<TinyAdapter>

/** A mutant of the adapter: some of its members are replaced. */
function adapter(
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  breakIt: (honest: Required<TinyAdapter>, store: TinyAdapter['api']) => Broken,
): Mutant {
  return {
    name,
    foundBy,
    saying,
    mutation: {
      adapter: (honest, store) => ({ ...honest, ...breakIt(honest as Required<TinyAdapter>, store) }),
    },
  }
}

/** A mutant that changes every contact that the adapter gives. */
function mapping(name: string, foundBy: RegExp, saying: RegExp, map: (contact: Contact) => object): Mutant {
  return adapter(name, foundBy, saying, (honest) => {
    const changed = (contact: Contact): Contact<never> => map(contact) as Contact<never>
    return {
      list: async (query, context) => {
        const { items, ...rest } = await honest.list(query, context)
        return { ...rest, items: items.map(changed) }
      },
      get: async (ref, context) => changed(await honest.get(ref, context)),
      create: async (input, context) => changed(await honest.create(input, context)),
      update: async (ref, patch, context) => changed(await honest.update(ref, patch, context)),
    }
  })
}

/** A mutant of the listing: it is given the query, and may change it or what comes back. */
function listing(
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  change: (
    query: AdapterListQuery,
    honest: Required<TinyAdapter>['list'],
  ) => ReturnType<Required<TinyAdapter>['list']>,
): Mutant {
  return adapter(name, foundBy, saying, (honest) => ({
    list: (query, context) => change(query, (changed) => honest.list(changed, context)),
  }))
}

/** A mutant of every write: what is stored differs from what was written. */
function writing(
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  change: (write: ContactWrite) => ContactWrite,
): Mutant {
  return adapter(name, foundBy, saying, (honest) => ({
    create: (input, context) => honest.create(change(input), context),
    update: (ref, patch, context) => honest.update(ref, change(patch), context),
    upsert: (input, by, context) => honest.upsert(change(input), by, context),
  }))
}

const without = <Key extends string>(value: object, key: Key): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))

export const MUTANTS: readonly Mutant[] = [
  // What is declared
  adapter(
    'an operation is declared native without a method',
    /has a method/,
    /deleteMany is declared native/,
    ({ capabilities }) => ({
      capabilities: { ...capabilities, deleteMany: { mode: 'native' } },
    }),
  ),
  adapter('a method is not declared', /has a method/, /avatar\.upload has a method/, () => ({
    avatar: { upload: () => Promise.resolve({ url: 'https://example.com/a.png' }) },
  })),
  adapter(
    'an emulated operation is not declared',
    /can be derived/,
    /count is missing/,
    ({ capabilities }) => {
      const { count: _count, ...rest } = capabilities
      return { capabilities: rest, count: undefined } as Broken
    },
  ),
  adapter('streaming is declared without a stream', /has a method/, /streaming/, ({ capabilities }) => ({
    capabilities: {
      ...capabilities,
      list: { ...capabilities.list, streaming: true },
    } as TinyAdapter['capabilities'],
  })),
  adapter(
    'a filter has an operator that is for times only',
    /plain data/,
    /gt on name/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        list: { ...capabilities.list, where: { name: ['gt'] } },
      } as TinyAdapter['capabilities'],
    }),
  ),
  adapter(
    'a key is declared a scan that get reads by',
    /plain data/,
    /update\.scan has externalId/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        update: { ...capabilities.update, scan: ['externalId'] },
      } as TinyAdapter['capabilities'],
    }),
  ),
  adapter(
    'a field is declared that the provider does not store',
    /create stores nickname/,
    /nickname/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        create: { mode: 'native', fields: ['name', 'externalId', 'nickname'] },
      },
    }),
  ),
  adapter(
    'update declares a field that it does not change',
    /update writes, leaves and clears status/,
    /status/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        update: { ...capabilities.update, fields: ['name', 'status'] },
      } as TinyAdapter['capabilities'],
    }),
  ),

  // The shape of contacts
  mapping('contacts name another provider', /create stores name/, /provider is "other"/, (contact) => ({
    ...contact,
    provider: 'other',
  })),
  mapping('raw is missing', /create stores name/, /no raw/, (contact) => ({ ...contact, raw: undefined })),
  mapping('a field is undefined instead of absent', /create stores name/, /nickname/, (contact) => ({
    ...contact,
    nickname: undefined,
  })),
  mapping(
    'a contact has a field of the vendor',
    /create stores name/,
    /no field of a contact: vip/,
    (contact) => ({ ...contact, vip: true }),
  ),
  mapping('a time is not UTC', /create stores name/, /createdAt.*not an ISO 8601 time in UTC/, (contact) => ({
    ...contact,
    createdAt: '2026-01-31T09:00:00+01:00',
  })),
  mapping(
    'email is not among the contact methods',
    /create stores email/,
    /not the primary email/,
    (contact) => ({
      ...contact,
      contactMethods: contact.contactMethods.filter(({ type }) => type !== 'email'),
    }),
  ),
  mapping('two contact methods of a type are primary', /create stores email/, /two primaries/, (contact) => ({
    ...contact,
    contactMethods: contact.contactMethods.flatMap((method) => [method, { ...method }]),
  })),
  mapping('a Date is given instead of text', /create stores name/, /updatedAt/, (contact) => ({
    ...contact,
    updatedAt: new Date(0),
  })),

  // Writing
  writing('create and update drop a field', /create stores note/, /note/, (write) => without(write, 'note')),
  writing('text is trimmed and cut', /create stores note/, /note/, (write) => ({
    ...write,
    ...(typeof write.note === 'string' && { note: write.note.slice(0, 20) }),
  })),
  writing(
    'null does not clear',
    /update writes, leaves and clears note/,
    /null does not clear it/,
    (write) => (write.note === null ? without(write, 'note') : write),
  ),
  writing('null in customFields is passed over', /merges customFields/, /written as null/, (write) =>
    write.customFields
      ? {
          ...write,
          customFields: Object.fromEntries(
            Object.entries(write.customFields).filter(([, value]) => value !== null),
          ),
        }
      : write,
  ),
  writing(
    'numbers in customFields become text',
    /create stores customFields/,
    /customFields\.number/,
    (write) =>
      write.customFields
        ? {
            ...write,
            customFields: Object.fromEntries(
              Object.entries(write.customFields).map(([key, value]) => [
                key,
                typeof value === 'number' ? String(value) : value,
              ]),
            ),
          }
        : write,
  ),
  adapter(
    'update replaces customFields',
    /merges customFields/,
    /after one key was written/,
    (honest, store) => ({
      update: (ref, patch, context) => {
        if (patch.customFields) store.find(ref.key, ref.value).data = {}
        return honest.update(ref, patch, context)
      },
    }),
  ),
  adapter(
    'update clears what is absent',
    /update writes, leaves and clears name/,
    /changed note/,
    (honest) => ({
      update: (ref, patch, context) => honest.update(ref, { note: null, ...patch }, context),
    }),
  ),
  adapter(
    'update gives the contact as it was',
    /update writes, leaves and clears name/,
    /what update of name gave/,
    (honest) => ({
      update: async (ref, patch, context) => {
        const before = await honest.get(ref, context)
        await honest.update(ref, patch, context)
        return before
      },
    }),
  ),
  adapter(
    'create gives what was written, not what is stored',
    /create gives the record as stored/,
    /not what is stored/,
    (honest) => ({
      create: async (input, context) => {
        const contact = await honest.create(input, context)
        return { ...contact, updatedAt: '2020-01-01T00:00:00.000Z' }
      },
    }),
  ),
  adapter(
    'create overwrites a contact with the same externalId',
    /create with a taken externalId/,
    /should fail with conflict/,
    (honest, store) => ({
      create: (input, context) => {
        const taken = store.records.find(({ key }) => key !== undefined && key === input.externalId)
        return taken ? Promise.resolve(toContact(store.change(taken, input))) : honest.create(input, context)
      },
    }),
  ),
  adapter(
    'what is given out is the stored object',
    /share nothing/,
    /changed with an object outside/,
    (honest) => {
      const given = new Map<string, Contact<never>>()
      return {
        create: async (input, context) => {
          const contact = (await honest.create(input, context)) as Contact<never>
          given.set(contact.id, contact)
          return contact
        },
        get: async (ref, context) => given.get(ref.value) ?? honest.get(ref, context),
      }
    },
  ),
  adapter('an input is kept, not copied', /share nothing/, /outside/, (honest) => {
    const inputs = new Map<string, ContactWrite>()
    return {
      create: async (input, context) => {
        const contact = await honest.create(input, context)
        inputs.set(contact.id, input)
        return contact
      },
      get: async (ref, context) => {
        const contact = await honest.get(ref, context)
        const nested = inputs.get(contact.id)?.customFields?.nested
        return nested === undefined
          ? contact
          : { ...contact, customFields: { ...contact.customFields, nested } }
      },
    }
  }),

  // Looking up
  adapter(
    'get gives the first contact',
    /get by externalId/,
    /the id of what get by externalId gave|found|gave/,
    (honest, store) => ({
      get: (ref, context) =>
        ref.key === 'externalId'
          ? Promise.resolve(toContact(store.records[0] ?? store.find(ref.key, ref.value)))
          : honest.get(ref, context),
    }),
  ),
  adapter('get matches any key', /get by id$/, /a value that no contact has there/, (_honest, store) => ({
    get: async ({ value }) => {
      const record = store.records.find((candidate) =>
        [String(candidate.number), candidate.key, candidate.mail].includes(value),
      )
      if (!record) throw new ContactsError({ code: 'not_found', message: 'There is none.' })
      return toContact(record)
    },
  })),
  adapter(
    'what is not there is an unforeseen error',
    /get by id$/,
    /should fail with not_found, but threw/,
    (honest) => ({
      get: (ref, context) =>
        honest.get(ref, context).catch(() => Promise.reject(new TypeError('no contact'))),
    }),
  ),
  adapter(
    'what is not there is another code',
    /find by externalId/,
    /but failed with bad_response/,
    (honest) => ({
      get: (ref, context) =>
        honest
          .get(ref, context)
          .catch(() => Promise.reject(new ContactsError({ code: 'bad_response', message: 'empty' }))),
    }),
  ),
  adapter('ids are put into URLs as they are', /mean something in a URL/, /get by the id/, (honest) => ({
    get: (ref, context) => honest.get({ ...ref, value: ref.value.replace(/^\.\.\/|[?#].*$/g, '') }, context),
  })),
  adapter('delete does nothing', /delete by id/, /left the contact there/, (honest) => ({
    delete: async (ref, context) => void (await honest.get(ref, context)),
  })),
  adapter('delete of what is gone succeeds', /delete by id/, /should fail with not_found/, (honest) => ({
    delete: (ref, context) => honest.delete(ref, context).catch(() => undefined),
  })),
  adapter('delete takes another contact along', /delete by id/, /is gone/, (honest, store) => ({
    delete: async (ref, context) => {
      await honest.delete(ref, context)
      store.records.pop()
    },
  })),
  adapter(
    'a scan takes the first of several',
    /get by email/,
    /should fail with ambiguous/,
    ({ capabilities, ...honest }, store) => ({
      capabilities: {
        ...capabilities,
        get: { mode: 'native', by: ['id', 'externalId', 'email'] },
        find: { mode: 'native', by: ['id', 'externalId', 'email'] },
      },
      get: async (ref, context) =>
        ref.key === 'email' ? toContact(store.find('email', ref.value)) : honest.get(ref, context),
    }),
  ),

  // Upserting
  adapter(
    'upsert always says updated',
    /upsert by externalId/,
    /the outcome of upsert by externalId of a contact that is not there: expected "created"/,
    (honest) => ({
      upsert: async (input, by, context) => ({
        ...(await honest.upsert(input, by, context)),
        outcome: 'updated',
      }),
    }),
  ),
  adapter(
    'upsert never says unchanged',
    /upsert by externalId/,
    /of the same again: expected "unchanged"/,
    (honest) => ({
      upsert: async (input, by, context) => {
        const result = await honest.upsert(input, by, context)
        return result.outcome === 'unchanged' ? { ...result, outcome: 'updated' } : result
      },
    }),
  ),
  adapter(
    'upsert says unchanged and changes nothing',
    /upsert stores note/,
    /with another note: expected "updated"/,
    (honest) => ({
      upsert: async (input, by, context) => {
        const existing = await honest.get({ key: by, value: input[by] ?? '' }, context).catch(() => undefined)
        return existing ? { contact: existing, outcome: 'unchanged' } : honest.upsert(input, by, context)
      },
    }),
  ),
  adapter('upsert makes a second contact', /upsert by externalId/, /unchanged|id/, (honest, store) => ({
    upsert: async (input, by, context) => {
      const [first] = store.records.filter(({ key }) => key === input.externalId)
      if (first) delete first.key
      return honest.upsert(input, by, context)
    },
  })),
  adapter('upsert clears what it is not given', /upsert by externalId/, /changed/, (honest) => ({
    upsert: (input, by, context) => honest.upsert({ name: null, ...input }, by, context),
  })),

  // Listing
  listing('a filter is not applied', /where name/, /list where .*the provider filtered by/, (query, honest) =>
    honest({ ...query, where: query.where.filter(({ field }) => field !== 'name') }),
  ),
  adapter('a filter does not mind case', /where name/, /the provider filtered by/, (_honest, store) => ({
    list: async (query) => {
      const { where } = query
      const lower = (text: unknown): string => String(text).toLowerCase()
      const keep = (contact: Contact): boolean =>
        where.every(({ field, operator, value }) =>
          field === 'name' && operator === 'eq' ? lower(contact.name) === lower(value) : true,
        )
      return page(store, query, keep)
    },
  })),
  adapter(
    'a filter compares custom fields as text',
    /where customFields/,
    /the provider filtered by/,
    (_honest, store) => ({
      list: async (query) =>
        page(store, query, (contact) =>
          query.where.every(
            ({ field, value }) =>
              String(contact.customFields[field.slice('customFields.'.length)]) === String(value),
          ),
        ),
    }),
  ),
  listing('gte is taken for gt', /where createdAt/, /gte/, (query, honest) =>
    honest({
      ...query,
      where: query.where.map((condition) =>
        condition.operator === 'gte' ? { ...condition, operator: 'gt' } : condition,
      ),
    }),
  ),
  listing('in looks at its first value only', /where email/, /"in"/, (query, honest) =>
    honest({
      ...query,
      where: query.where.map((condition) =>
        Array.isArray(condition.value) ? { ...condition, value: condition.value.slice(0, 1) } : condition,
      ),
    }),
  ),
  listing('conditions are taken for alternatives', /several conditions/, /list where/, (query, honest) =>
    honest({ ...query, where: query.where.slice(0, 1) }),
  ),
  listing(
    'a contact is on two pages',
    /list reaches every contact once/,
    /twice|expected/,
    async (query, honest) => {
      const answer = await honest(query)
      const before =
        query.cursor === undefined ? undefined : (await honest({ ...query, cursor: undefined })).items[0]
      return before ? { ...answer, items: [before, ...answer.items].slice(0, query.pageSize ?? 3) } : answer
    },
  ),
  listing(
    'a contact is passed over between pages',
    /list reaches every contact once/,
    /expected|not listed/,
    async (query, honest) => {
      const answer = await honest(query)
      return query.cursor === undefined || query.pageSize !== 2
        ? answer
        : { ...answer, items: answer.items.slice(1) }
    },
  ),
  listing(
    'a page is longer than it may be',
    /list reaches every contact once/,
    /a page has/,
    (query, honest) => honest({ ...query, pageSize: (query.pageSize ?? 3) + 1 }),
  ),
  adapter('the cursor is an offset', /come and go/, /passed over/, (honest) => ({
    list: async (query, context) => {
      const start = Number(query.cursor ?? 0)
      const items: Contact<never>[] = []
      for (let cursor: string | undefined, more = true; more; ) {
        const answer = await honest.list({ ...query, cursor }, context)
        items.push(...(answer.items as Contact<never>[]))
        cursor = answer.nextCursor
        more = cursor !== undefined
      }
      const end = start + (query.pageSize ?? 3)
      return {
        items: items.slice(start, end),
        total: items.length,
        ...(end < items.length && { nextCursor: String(end) }),
      }
    },
  })),
  listing('total counts the page', /total is told/, /total of list/, async (query, honest) => {
    const answer = await honest(query)
    return { ...answer, total: answer.items.length }
  }),
  listing('total is declared and not told', /total is told/, /total of list/, async (query, honest) => ({
    ...(await honest(query)),
    total: undefined,
  })),
  listing('desc is taken for asc', /orderBy name/, /orderBy name desc/, (query, honest) =>
    honest({ ...query, ...(query.orderBy && { orderBy: { ...query.orderBy, direction: 'asc' } }) }),
  ),
  listing(
    'the order is not kept',
    /orderBy name/,
    /orderBy name asc/,
    ({ orderBy: _order, ...query }, honest) => honest(query),
  ),
  adapter(
    'an order is declared that the provider has not',
    /orderBy phone/,
    /orderBy phone asc/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        list: { ...capabilities.list, orderBy: ['phone'] },
      } as TinyAdapter['capabilities'],
    }),
  ),

  // Searching and counting
  adapter('search gives everything', /search finds/, /has not the word/, (_honest, store) => ({
    search: async (_text, query) => page(store, { ...query, where: [] }, () => true),
  })),
  adapter('search ends after its first page', /search reaches/, /four contacts share/, (honest) => ({
    search: async (text, query, context) => ({ items: (await honest.search(text, query, context)).items }),
  })),
  adapter('count is off by one', /count is/, /count/, (honest) => ({
    count: async (where, context) => (await honest.count(where, context)) + 1,
  })),
  adapter('count does not filter', /count is/, /count where/, (honest) => ({
    count: (_where, context) => honest.count([], context),
  })),

  // Batches
  adapter('an atomic batch is not undone', /createMany is all or nothing/, /was not to make/, (honest) => ({
    createMany: async (inputs, { atomic }, context) => {
      const results = await honest.createMany(inputs, { atomic: false }, context)
      const failed = results.find((result) => 'error' in result)
      if (atomic && failed) throw failed.error
      return results
    },
  })),
  adapter('a bad item sinks the rest', /createMany goes on/, /the indexes of what failed/, (honest) => ({
    createMany: (inputs, _options, context) => honest.createMany(inputs, { atomic: true }, context),
  })),
  adapter('results come in another order', /createMany does every item/, /what a batch gave/, (honest) => ({
    createMany: async (inputs, options, context) =>
      [...(await honest.createMany(inputs, options, context))].reverse(),
  })),
  adapter('a batch forgets its last items', /createMany does more items/, /what failed/, (honest) => ({
    createMany: async (inputs, options, context) =>
      (await honest.createMany(inputs, options, context)).slice(0, 3),
  })),
  adapter(
    'a batch says that it wrote and did not',
    /createMany does every item/,
    /is gone|read after/,
    (honest, store) => ({
      createMany: async (inputs, options, context) => {
        const results = await honest.createMany(inputs, options, context)
        store.records = []
        return results
      },
    }),
  ),

  // Groups
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

  // Leaving
  adapter(
    'an aborted signal is not looked at',
    /aborted signal ends every call/,
    /get with an aborted signal/,
    (honest) => ({
      get: (ref, context) => honest.get(ref, { ...context, signal: undefined }),
    }),
  ),
  adapter(
    'an abort becomes an error of ours',
    /aborted signal ends every call/,
    /count with an aborted signal threw/,
    (honest) => ({
      count: (where, context) =>
        honest
          .count(where, context)
          .catch(() => Promise.reject(new ContactsError({ code: 'timeout', message: 'late' }))),
    }),
  ),
  adapter('a listing goes on after an abort', /while a listing is read/, /went on/, (honest) => ({
    list: (query, context) => honest.list(query, { ...context, signal: undefined }),
  })),

  // The client around the adapter
  {
    name: 'the client does not check its input',
    foundBy: /create refuses/,
    saying: /should fail with invalid_input/,
    mutation: {
      client: (client, honest) => ({
        ...client,
        create: (input: ContactWrite) => honest.create?.(input, Object({})),
      }),
    },
  },
  {
    name: 'the client says that all is pushed down',
    foundBy: /where phone/,
    saying: /against what the capabilities declare/,
    mutation: {
      client: (client) => ({
        ...client,
        explain: (query) => {
          const plan = client.explain(query)
          return { ...plan, pushedDown: [...plan.pushedDown, ...plan.evaluatedHere], evaluatedHere: [] }
        },
      }),
    },
  },
  {
    name: 'the client scans without being asked to',
    foundBy: /get by email/,
    saying: /without scan: true should fail with unsupported/,
    mutation: {
      client: (client) => ({
        ...client,
        get: (ref: string) => Reflect.get(client, 'get')(ref, { scan: true }),
      }),
    },
  },
  {
    name: 'the client has an operation that is not declared',
    foundBy: /not declared is refused/,
    saying: /avatar\.upload/,
    mutation: { client: (client) => ({ ...client, avatar: { upload: () => Promise.resolve({ url: '' }) } }) },
  },
  {
    name: 'the client drops fields without a word',
    foundBy: /create stores nickname/,
    saying: /should fail with unsupported_field/,
    mutation: {
      client: (client) => ({
        ...client,
        create: ({ nickname: _nickname, ...input }: ContactWrite) => Reflect.get(client, 'create')(input),
      }),
    },
  },
]
