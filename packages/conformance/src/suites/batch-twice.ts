import type { Contact } from '@anycontact/core'
import { refBy } from '@anycontact/core/adapter-kit'
import { assert, assertSame } from '../assert.ts'
import { assertWritten } from '../fields.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'
import { textField } from './batch-kinds.ts'

/** One contact several times in a batch: nothing of it sinks the others, and the last word counts. */
export const batchTwice: Suite = (define) => {
  define('updateMany of one contact several times leaves what the last item wrote', async (session) => {
    if (!session.has('updateMany')) {
      await session.refuses('updateMany')
      return
    }
    const [contact, other] = await session.makeMany(2)
    assert(contact !== undefined && other !== undefined, 'no contact was made')
    const patches = [0, 1, 2].map(() => session.sample([textField(session)]))
    const [first, second, last] = patches
    const items = [
      { ref: contact, patch: first ?? {} },
      { ref: other, patch: second ?? {} },
      { ref: contact, patch: last ?? {} },
    ]
    const { failed } = await session.client.updateMany(items, { scan: true })
    assertNone(failed, 'updateMany of one contact twice, and of another')
    await session.settle()
    assertWritten(session, await session.reread(contact), last ?? {}, 'a contact that was updated twice')
    assertWritten(session, await session.reread(other), second ?? {}, 'the contact that was updated once')
  })

  define('updateMany of one contact by each of its keys does every item', async (session) => {
    const { update } = session.capabilities
    if (!session.has('updateMany') || !update) {
      await session.refuses('updateMany')
      return
    }
    const [contact, other] = await session.makeMany(2)
    assert(contact !== undefined && other !== undefined, 'no contact was made')
    const patch = session.sample([textField(session)])
    const items = update.by.flatMap((key) => {
      const value = contact[key]
      return value === undefined ? [] : [{ ref: refBy(key, value), patch }]
    })
    const { failed } = await session.client.updateMany([...items, { ref: other, patch }], { scan: true })
    assertNone(failed, `updateMany of one contact by ${update.by.join(', ')}, and of another`)
    await session.settle()
    for (const each of [contact, other])
      assertWritten(session, await session.reread(each), patch, 'the contact read after updateMany')
  })

  define('deleteMany of one contact twice deletes it once', async (session) => {
    if (!session.has('deleteMany')) {
      await session.refuses('deleteMany')
      return
    }
    const contacts = await session.makeMany(2)
    const [contact, other] = contacts
    const items = [contact, contact, other].flatMap((item) => item ?? [])
    const { succeeded, failed } = await session.client.deleteMany(items, { scan: true, concurrency: 1 })
    assertSame(
      [succeeded.map(({ index }) => index), failed.map(({ index, error }) => [index, error.code])],
      [[0, 2], [[1, 'not_found']]],
      'deleteMany of one contact twice, and of another: what succeeded, and what failed',
    )
    await session.settle()
    for (const each of contacts) assert(await session.isGone(each), 'deleteMany left a contact there')
  })

  for (const key of ['externalId', 'email', 'phone'] as const) {
    define(
      `createMany with the same ${key} twice makes one contact where ${key} is unique`,
      async (session) => {
        if (!session.has('createMany')) {
          await session.refuses('createMany')
          return
        }
        if (!session.storable.includes(key)) return
        const input = session.basic()
        const items = [input, { ...session.basic(), [key]: input[key] }, session.basic()]
        const { succeeded, failed } = await session.client.createMany(items)
        const made = succeeded.map(({ contact }) => session.keep(session.check(contact, 'createMany')))
        const isUnique = (session.options.unique ?? ['externalId']).includes(key)
        assertSame(
          failed.map(({ error }) => error.code),
          isUnique ? ['conflict'] : [],
          `createMany with the same ${key} twice, and another contact: the codes of what failed`,
        )
        await session.settle()
        await allStored(session, made)
      },
    )
  }
}

async function allStored(session: Session, contacts: readonly Contact[]): Promise<void> {
  for (const contact of contacts) await session.reread(contact)
}

function assertNone(failed: readonly { readonly error: Error }[], what: string): void {
  assertSame(
    failed.map(({ error }) => error.message),
    [],
    `${what}: what failed`,
  )
}
