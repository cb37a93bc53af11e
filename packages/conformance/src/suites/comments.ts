import type { Comment, Contact } from '@anycontact/core'
import { assert, assertSame } from '../assert.ts'
import { checkRecord } from '../record-shape.ts'
import type { Session } from '../session.ts'
import type { Suite, TestBody } from '../suite.ts'

/** Signs of several scripts, in two lines: what is not kept whole is seen. Blanks around it some vendors take off, which is a warning. */
const TEXT = 'Called back: “yes”, says Zoë 👩‍👧.\n\tShe moves to 東京 in May & wants the offer <today>.'

/** Writing comments about contacts: each declared method is called, the others refused. Listing them is a matter of the groups. */
export const comments: Suite = (define) => {
  const declared = (method: 'create' | 'delete', what: string, body: TestBody): void => {
    define(`comments.${method} ${what}`, async (session) => {
      if (session.capabilities.comments?.[method] !== undefined) await body(session)
      else await session.refuses(`comments.${method}`)
    })
  }

  declared('create', 'adds a comment to the contact, and gives it as stored', async (session) => {
    const [mine, other] = [await session.make(), await session.make()]
    const made = check(session, await session.client.comments.create(mine, { text: TEXT }, { scan: true }))
    assertSame(made.text, TEXT, 'comments.create: text')
    assertSame(made.contactId ?? mine.id, mine.id, 'comments.create: contactId')
    const [listed = made] = await checkListed(session, mine, [made], 'after one was added')
    assertSame(made, listed, 'comments.create did not give what comments.list gives')
    await checkListed(session, other, [], 'on another contact')
    // A comment has no key: the same text twice is two comments.
    const again = await session.client.comments.create(mine.id, { text: TEXT })
    assert(again.id !== made.id, 'comments.create of the same text gave the comment that was there')
    await checkListed(session, mine, [made, again], 'after two were added')
  })

  declared('create', 'refuses what is no comment, and adds nothing', async (session) => {
    const contact = await session.make()
    for (const input of [{ text: ' ' }, {}, { text: null }, { text: 'a\0' }, { text: 'a', nope: 1 }]) {
      await session.rejects('comments.create of what is no comment', 'invalid_input', () =>
        session.client.comments.create(contact.id, Object(input)),
      )
    }
    await session.rejects('comments.create on what names no contact', 'invalid_input', () =>
      session.client.comments.create('', { text: TEXT }),
    )
    await session.rejects('comments.create on an unknown contact', 'not_found', () =>
      session.client.comments.create(session.samples.id(session.number()), { text: TEXT }),
    )
    await checkListed(session, contact, [], 'after none could be added')
  })

  declared('delete', 'removes one comment', async (session) => {
    const [mine, other] = [await session.make(), await session.make()]
    const gone = await session.add('comment', mine.id)
    const kept = { id: await session.add('comment', mine.id) }
    const others = { id: await session.add('comment', other.id) }
    await session.client.comments.delete(mine, gone, { scan: true })
    await checkListed(session, mine, [kept], 'after one was deleted')
    await checkListed(session, other, [others], 'on another contact after one was deleted')
    await session.rejects('comments.delete of what is gone', 'not_found', () =>
      session.client.comments.delete(mine.id, gone),
    )
    await session.rejects('comments.delete of the comment of another contact', 'not_found', () =>
      session.client.comments.delete(mine.id, others.id),
    )
    await session.rejects('comments.delete on an unknown contact', 'not_found', () =>
      session.client.comments.delete(session.samples.id(session.number()), kept.id),
    )
    await session.rejects('comments.delete of a blank id', 'invalid_input', () =>
      session.client.comments.delete(mine.id, ' '),
    )
    await checkListed(session, mine, [kept], 'after none could be deleted')
    await checkListed(session, other, [others], 'on another contact after none could be deleted')
    // It is still there, also where comments cannot be listed.
    await session.client.comments.delete(other.id, others.id)
  })
}

function check(session: Session, comment: Comment): Comment {
  checkRecord('comment', comment, session.provider)
  return comment
}

/** Checks which comments a contact has, where they can be listed. */
async function checkListed(
  session: Session,
  contact: Contact,
  comments: readonly Pick<Comment, 'id'>[],
  when: string,
): Promise<readonly Comment[]> {
  if (session.capabilities.comments?.list === undefined) return []
  await session.settle()
  const listed = await session.client.comments.list(contact, { scan: true }).toArray()
  const idsOf = (some: readonly Pick<Comment, 'id'>[]): string[] => some.map(({ id }) => id).sort()
  assertSame(idsOf(listed), idsOf(comments), `the comments ${when}`)
  return listed.map((comment) => check(session, comment))
}
