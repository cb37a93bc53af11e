// What was written is what is stored, or the caller is told: every field, every way to write, and every way to lose one.
import { type Contact, type ContactInput, type ContactsError, copyContacts } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { inboxFields, inboxWith, keeping, keepings, listening, type Writing } from './kept-fields.ts'
import {
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  isWrite,
} from './vendor-servers.ts'

const forgets = (): undefined => undefined

interface Outcome {
  readonly error?: ContactsError
}

async function outcome(writing: PromiseLike<unknown>): Promise<Outcome> {
  try {
    const done = await writing
    const failed: unknown = Reflect.get(Object(done), 'failed')
    return Array.isArray(failed) && failed[0] ? { error: failed[0].error } : {}
  } catch (error) {
    return { error: error as ContactsError }
  }
}

function pathsOf({ error }: Outcome): string[] {
  return (error?.issues ?? []).map(({ path }) => path.replace(/\.\d+(?=\.|$)/, ''))
}

const cases = keepings.flatMap((vendor) =>
  vendor.fields.map((field) => ({ ...vendor, field, title: `${vendor.name} ${field.path}` })),
)

describe.each(cases)('$title', ({ field, keys: [one, two, three], by, answersId, open }) => {
  const { wire, path, first, second, cut, respell } = field
  const make: readonly [string, (contacts: Writing, input: ContactInput) => PromiseLike<unknown>][] = [
    ['create', (contacts, input) => contacts.create(input as never)],
    ['createMany', (contacts, input) => contacts.createMany([input] as never)],
    ['upsert', (contacts, input) => contacts.upsert(input as never, { by, scan: true } as never)],
    ['upsertMany', (contacts, input) => contacts.upsertMany([input] as never, { by, scan: true } as never)],
  ]
  const change: typeof make = [
    [
      'update',
      async (contacts, input) => {
        const [contact] = await contacts.list().toArray()
        return contacts.update(contact?.id as never, input as never)
      },
    ],
    [
      'updateMany',
      async (contacts, input) => {
        const [contact] = await contacts.list().toArray()
        return contacts.updateMany([{ ref: contact?.id, patch: input }] as never)
      },
    ],
    [
      'upsert',
      (contacts, input) => contacts.upsert({ ...one, ...input } as never, { by, scan: true } as never),
    ],
    [
      'upsertMany',
      (contacts, input) => contacts.upsertMany([{ ...one, ...input }] as never, { by, scan: true } as never),
    ],
  ]

  it.each(make)('not kept by %s', async (_, write) => {
    const { contacts } = open({ answer: keeping(wire, forgets) })
    const { error } = await outcome(write(contacts, { ...one, ...first }))
    expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
    expect(pathsOf(error ? { error } : {})).toEqual([path])
    const [stored] = await contacts.list().toArray()
    expect(error?.message).toContain(stored?.id)
  })

  it.each(make)("not kept by %s, under 'drop'", async (_, write) => {
    const { warnings, onWarning } = listening()
    const { contacts } = open({ answer: keeping(wire, forgets), unsupportedFields: 'drop', onWarning })
    expect(await outcome(write(contacts, { ...one, ...first }))).toEqual({})
    expect(warnings).toEqual([`unsupported_field ${path}`])
  })

  it('not kept in a copy', async () => {
    const source = memory()
    await source.create({
      ...(by === 'email' ? one : { externalId: String(one.externalId ?? one.id) }),
      ...first,
    })
    const { contacts } = open({ answer: keeping(wire, forgets) })
    const { created, failed, dropped } = await copyContacts(source, contacts, { by, scan: true })
    expect({ created, failed }).toEqual({ created: 1, failed: [] })
    expect(dropped).toEqual({ [path]: 1 })
  })

  it('not kept by a batch, is refused for the later items before they are sent', async () => {
    const { contacts, requests } = open({ answer: keeping(wire, forgets) })
    const { failed } = await contacts.createMany(
      [one, two, three].map((key, index) => distinct({ ...key, ...first }, index)) as never,
      { concurrency: 1 },
    )
    expect(failed.map(({ error }) => [error.code, error.applied])).toEqual([
      ['unsupported_field', 'yes'],
      ['unsupported_field', 'no'],
      ['unsupported_field', 'no'],
    ])
    expect(await contacts.list().toArray()).toHaveLength(1)
    expect(requests.length).toBeGreaterThan(0)
  })

  if (cut) {
    it.each(make)('cut short by %s', async (_, write) => {
      const { contacts } = open({ answer: keeping(wire, cut) })
      const { error } = await outcome(write(contacts, { ...one, ...first }))
      expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
      expect(pathsOf(error ? { error } : {})[0]).toContain(path)
    })
  }

  if (respell) {
    it.each(make)('in another spelling after %s', async (_, write) => {
      const { warnings, onWarning } = listening()
      const { contacts } = open({ answer: keeping(wire, respell), onWarning })
      expect(await outcome(write(contacts, { ...one, ...first }))).toEqual({})
      expect(warnings).toEqual([`rewritten_field ${path}`])
    })
  }

  if (typeof first[path as keyof ContactInput] === 'string') {
    it.each(make)('another value after %s', async (_, write) => {
      const value: unknown = second[path as keyof ContactInput]
      const { contacts } = open({
        answer: keeping(wire, () => (path === 'verifiedAt' ? Date.parse(String(value)) : value)),
      })
      const { error } = await outcome(write(contacts, { ...one, ...first }))
      expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
      expect(pathsOf(error ? { error } : {})).toEqual([path])
    })
  }

  if (path !== 'contactMethods.primary') {
    it.each(change)('still the old one after %s', async (_, write) => {
      const { warnings, onWarning } = listening()
      // What it was made with is what it stays.
      let made: unknown
      const { contacts } = open({
        onWarning,
        answer: keeping(wire, (value) => {
          made ??= value
          return made
        }),
      })
      await contacts.create({ ...one, ...first } as never)
      const { error } = await outcome(write(contacts, second))
      if (answersId) {
        expect(error).toBeUndefined()
        expect(warnings).toEqual([`unconfirmed ${path}`])
      } else {
        expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
        expect(pathsOf(error ? { error } : {})).toEqual([path])
      }
    })
  }
})

describe.each([
  ['chatbotkit', chatbotkitServer],
  ['cognipeer', cognipeerServer],
  ['channel-inbox', channelInboxServer],
] as const)('%s: an email that is the only key', (_, open) => {
  const input = { email: 'ana@example.com', name: 'Ana' }
  const ways: readonly [string, (contacts: Writing) => PromiseLike<unknown>][] = [
    ['create', (contacts) => contacts.create(input as never)],
    ['upsert', (contacts) => contacts.upsert(input as never, { by: 'email', scan: true } as never)],
    ['upsertMany', (contacts) => contacts.upsertMany([input] as never, { by: 'email', scan: true } as never)],
  ]

  it.each(ways)('not kept by %s', async (_name, write) => {
    const { contacts } = open({ answer: keeping('email', forgets) })
    const { error } = await outcome(write(contacts))
    expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
    expect(pathsOf(error ? { error } : {})).toEqual(['email'])
  })
})

it('one address that is not kept keeps no others from being sent in the same batch', async () => {
  const withoutFax = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((item) => Object(item).type !== 'fax').map(withoutFax)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutFax(member)]))
  }
  const { contacts, emulator } = contactMethodsServer({
    answer: (sent, serve) => (isWrite(sent) ? serve(withoutFax(sent.json)) : serve()),
  })
  const id = (end: string): string => CLIENT_ID.slice(0, -1) + end
  const { succeeded, failed } = await contacts.createMany(
    [
      {
        id: id('1'),
        contactMethods: [
          { type: 'email', value: 'ana@example.com' },
          { type: 'fax', value: '+14155552671' },
        ],
      },
      { id: id('2'), contactMethods: [{ type: 'email', value: 'bo@example.com' }] },
    ],
    { concurrency: 1 },
  )
  expect(failed.map(({ index, error }) => [index, error.issues?.[0]?.path])).toEqual([
    [0, 'contactMethods.1'],
  ])
  expect(succeeded.map(({ index }) => index)).toEqual([1])
  expect(emulator.contactMethods.map(({ value }) => value)).toEqual(['ana@example.com', 'bo@example.com'])
})

/** The same input for another contact: what may be there once only is another one. */
function distinct(input: ContactInput, index: number): ContactInput {
  const { contactMethods } = input
  if (!contactMethods) return input
  return {
    ...input,
    contactMethods: contactMethods.map((method) => ({
      ...method,
      ...(method.externalId && { externalId: `${method.externalId}-${index}` }),
    })),
  }
}

type Inbox = ReturnType<typeof inboxWith>['contacts']

describe.each(inboxFields)('channel-inbox $path', ({ wire, path, first, cut, respell }) => {
  const ways: readonly [string, (contacts: Inbox, ref: string | Contact) => PromiseLike<unknown>][] = [
    ['update', (contacts, ref) => contacts.update(ref, first as never)],
    ['updateMany', (contacts, ref) => contacts.updateMany([{ ref, patch: first as never }])],
  ]

  it.each(ways)('still the old one after %s', async (_, write) => {
    const { contacts, id } = inboxWith({ answer: keeping(wire, forgets) })
    // A picture may be stored under another address: only who knows the old one can tell.
    const { error } = await outcome(write(contacts, path === 'avatarUrl' ? await contacts.get(id) : id))
    expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
    expect(pathsOf(error ? { error } : {})).toEqual([path])
  })

  it.each(ways)('emptied by %s', async (_, write) => {
    const { contacts, id } = inboxWith({ answer: keeping(wire, () => '') })
    const { error } = await outcome(write(contacts, id))
    expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
    expect(error?.message).toContain(id)
  })

  if (cut) {
    it.each(ways)('cut short by %s', async (_, write) => {
      const { contacts, id } = inboxWith({ answer: keeping(wire, cut) })
      const { error } = await outcome(write(contacts, id))
      expect(error).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
    })
  }

  if (respell) {
    it.each(ways)('in another spelling after %s', async (_, write) => {
      const { warnings, onWarning } = listening()
      const { contacts, id } = inboxWith({ answer: keeping(wire, respell), onWarning })
      expect(await outcome(write(contacts, id))).toEqual({})
      expect(warnings).toEqual([`rewritten_field ${path}`])
    })
  }
})
