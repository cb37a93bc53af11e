import type { Contact, ContactRef, Pager } from '@anycontact/core'
import { assert, assertSame, fail } from '../assert.ts'
import { checkRecord, type RecordKind } from '../record-shape.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

type Record = { readonly id: string }

/** A group that lists what belongs to a contact. */
interface ContactList {
  readonly group: 'conversations' | 'comments' | 'files'
  readonly kind: 'conversation' | 'comment' | 'file'
}

const CONTACT_LISTS: readonly ContactList[] = [
  { group: 'conversations', kind: 'conversation' },
  { group: 'comments', kind: 'comment' },
  { group: 'files', kind: 'file' },
]

/** The groups beside contacts: each declared method is called, the others refused. */
export const groups: Suite = (define) => {
  for (const { group, kind } of CONTACT_LISTS) {
    define(`${group}.list gives what belongs to the contact`, async (session) => {
      const list = (ref: ContactRef, query?: { pageSize: number }): Pager<Record> =>
        session.client[group].list(ref, { ...query, scan: true })
      if (!(await isDeclared(session, group, 'list'))) return
      const [mine, other] = await session.makeMany(2)
      if (!mine || !other) return fail('no contact was made')
      assertSame(await list(mine).toArray(), [], `${group} of a contact that has none`)
      for (const ref of ['', {}]) {
        await session.rejects(`${group}.list of what names no contact`, 'invalid_input', () =>
          list(ref as ContactRef),
        )
      }
      const add = (contact: Contact): Promise<string> => session.add(kind, contact.id)
      const ids = [await add(mine), await add(mine), await add(mine)]
      await add(other)
      await session.settle()
      for (const ref of refsOf(session, mine)) await checkListing(session, kind, () => list(ref), ids)
      await checkPages(session, kind, (pageSize) => list(mine, { pageSize }), ids)
    })
  }

  define('activities.list gives what happened in the conversation', async (session) => {
    if (!(await isDeclared(session, 'activities', 'list'))) return
    const contact = await session.make()
    const mine = await session.add('conversation', contact.id)
    const other = await session.add('conversation', contact.id)
    const ids = [await session.add('activity', mine), await session.add('activity', mine)]
    await session.add('activity', other)
    await session.settle()
    await checkListing(session, 'activity', () => session.client.activities.list(mine), ids)
    await checkPages(
      session,
      'activity',
      (pageSize) => session.client.activities.list(mine, { pageSize }),
      ids,
    )
    await session.rejects('activities.list of a blank id', 'invalid_input', () =>
      session.client.activities.list(' '),
    )
  })

  define('avatar.upload gives a URL that can be written', async (session) => {
    if (!(await isDeclared(session, 'avatar', 'upload'))) return
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const sources = [
      { data: bytes, name: 'ana & zoë.png', type: 'image/png' },
      { data: new Blob([bytes], { type: 'image/png' }) },
      { data: new Response(bytes).body ?? bytes },
    ]
    for (const source of sources) {
      const { url } = await session.client.avatar.upload(source)
      assert(/^https?:\/\/\S+$/.test(url), 'avatar.upload gave no http(s) URL')
      if (!session.capabilities.update?.fields.includes('avatarUrl')) continue
      const contact = await session.make()
      const updated = await session.client.update(contact, { avatarUrl: url }, { scan: true })
      assertSame(updated.avatarUrl, url, 'avatarUrl after the URL of an upload was written')
    }
  })

  define('notifications.list gives the notices', async (session) => {
    if (!(await isDeclared(session, 'notifications', 'list'))) return
    for (const item of await session.client.notifications.list().toArray())
      checkRecord('notification', item, session.provider)
    const ids = await addNotices(session, 3)
    const listed = await listNotices(session)
    for (const id of ids) assertSame(listed.get(id), false, 'read of a new notice')
    const paged: string[] = []
    for await (const { items } of session.client.notifications.list({ pageSize: 2 }).pages())
      paged.push(...items.map(({ id }) => id))
    assertSame(paged.sort(), [...listed.keys()].sort(), 'the pages of notifications.list')
  })

  define('notifications.markRead marks the notices that are named, or all', async (session) => {
    if (!(await isDeclared(session, 'notifications', 'markRead'))) return
    const [first, second] = await addNotices(session, 2)
    if (first === undefined || second === undefined) return fail('no notice was made')
    await session.client.notifications.markRead([first])
    const listed = await listNotices(session)
    assertSame(
      [listed.get(first), listed.get(second)],
      [true, false],
      'read of two notices after one was marked',
    )
    await session.client.notifications.markRead()
    assertSame(
      [...(await listNotices(session)).values()].includes(false),
      false,
      'whether a notice is unread after all were marked',
    )
  })

  define('notifications.dismiss removes one notice', async (session) => {
    if (!(await isDeclared(session, 'notifications', 'dismiss'))) return
    const [first, second] = await addNotices(session, 2)
    if (first === undefined || second === undefined) return fail('no notice was made')
    await session.client.notifications.dismiss(first)
    const listed = await listNotices(session)
    assertSame(
      [listed.has(first), listed.has(second)],
      [false, true],
      'whether two notices are there after one was dismissed',
    )
    await session.rejects('notifications.dismiss of a blank id', 'invalid_input', () =>
      session.client.notifications.dismiss(''),
    )
  })

  define('notifications.dismissAll removes all notices', async (session) => {
    if (!(await isDeclared(session, 'notifications', 'dismissAll'))) return
    await addNotices(session, 2)
    await session.client.notifications.dismissAll()
    if (session.capabilities.notifications?.list)
      assertSame([...(await listNotices(session)).keys()], [], 'the notices after all were dismissed')
  })
}

/** Without the method in the capabilities, checks that it is refused. */
async function isDeclared(
  session: Session,
  group: 'conversations' | 'comments' | 'files' | 'activities' | 'avatar' | 'notifications',
  method: string,
): Promise<boolean> {
  if (Reflect.get(session.capabilities[group] ?? {}, method) !== undefined) return true
  const name = `${group}.${method}`
  await session.refuses(name)
  return false
}

function refsOf(session: Session, contact: Contact): readonly ContactRef[] {
  const { by = [], scan = [] } = session.capabilities.get ?? {}
  const refs: ContactRef[] = [contact, contact.id, { id: contact.id }]
  const { externalId } = contact
  if (externalId !== undefined && [...by, ...scan].includes('externalId')) refs.push({ externalId })
  return refs
}

async function checkListing(
  session: Session,
  kind: RecordKind,
  list: () => Pager<Record>,
  ids: readonly string[],
): Promise<void> {
  const items = await list().toArray()
  for (const item of items) checkRecord(kind, item, session.provider)
  assertSame(items.map(({ id }) => id).sort(), [...ids].sort(), `the ${kind} records that are listed`)
}

async function checkPages(
  session: Session,
  kind: RecordKind,
  list: (pageSize: number) => Pager<Record>,
  ids: readonly string[],
): Promise<void> {
  for (const pageSize of [1, 2]) {
    const seen: string[] = []
    for await (const { items } of list(pageSize).pages()) {
      for (const item of items) checkRecord(kind, item, session.provider)
      seen.push(...items.map(({ id }) => id))
    }
    assertSame(seen.sort(), [...ids].sort(), `the ${kind} records on pages of ${pageSize}`)
  }
}

async function addNotices(session: Session, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) ids.push(await session.add('notification'))
  await session.settle()
  return ids
}

/** Whether each notice was read, by its id. */
async function listNotices(session: Session): Promise<Map<string, boolean>> {
  await session.settle()
  const notices = await session.client.notifications.list().toArray()
  for (const notice of notices) checkRecord('notification', notice, session.provider)
  return new Map(notices.map(({ id, read }) => [id, read]))
}
