import type {
  Activity,
  AdapterContext,
  AdapterPage,
  AdapterPageQuery,
  Comment,
  ContactFile,
  Conversation,
  ConversationFilter,
} from '@anycontact/core'
import { callOf, checkNoCursor } from './calls.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { badAnswer } from './errors.ts'
import { nextSkip, type Slice, sliceOf } from './listing.ts'
import { toActivity, toComment, toConversation, toFile } from './records.ts'
import type { ChannelInboxRuntime } from './runtime.ts'
import { readText } from './values.ts'

/** More comments than any contact has. */
const FAR_BEYOND = 1_000_000_000

/** The conversations of a contact, on one page. */
export async function listConversations(
  runtime: ChannelInboxRuntime,
  contactId: string,
  { cursor, channelTypes }: AdapterPageQuery & ConversationFilter,
  context: AdapterContext,
): Promise<AdapterPage<Conversation>> {
  checkNoCursor(cursor)
  const rows = await runtime.client.contacts.getConversations(
    contactId,
    { channelTypes },
    callOf(runtime, context)(),
  )
  return { items: context.mapRecords(rows, toConversation) }
}

/**
 * One page of the comments about a contact. Whether the server pages them is not published: more than was asked for is
 * everything. A page that begins as the one before did may show that `skip` is passed over, or that as many comments have come
 * meanwhile: a page far beyond the end tells, and, being one longer, whether the limit kept any back.
 *
 * @throws ContactsError `bad_response` where it did and `skip` is passed over
 */
export async function listComments(
  runtime: ChannelInboxRuntime,
  contactId: string,
  { pageSize, cursor, channelTypes }: AdapterPageQuery & ConversationFilter,
  context: AdapterContext,
): Promise<AdapterPage<Comment>> {
  const next = callOf(runtime, context)
  const rowsOf = (slice: Slice): Promise<readonly unknown[]> =>
    runtime.client.contacts.getComments(contactId, { ...slice, channelType: channelTypes }, next())
  const { previous, ...place } = decodeCursor(cursor)
  const slice = sliceOf(place, pageSize)
  const rows = await rowsOf(slice)
  const first = readText(rows[0], '_id', 'id')
  if (first !== undefined && first === previous) {
    const beyond = await rowsOf({ skip: FAR_BEYOND, limit: slice.limit + 1 })
    if (beyond.length > rows.length) {
      throw badAnswer(
        'the server does not look at skip, so later comments are out of reach.',
        context.operation,
      )
    }
    if (beyond.length > 0) return { items: [] }
  }
  const skip = rows.length > slice.limit ? undefined : nextSkip({ data: rows }, slice)
  return {
    items: context.mapRecords(rows, (row) => toComment(row, contactId)),
    nextCursor: skip === undefined ? undefined : encodeCursor({ skip, previous: first }),
  }
}

/** The files of a contact, on one page. */
export async function listFiles(
  runtime: ChannelInboxRuntime,
  contactId: string,
  { cursor }: AdapterPageQuery,
  context: AdapterContext,
): Promise<AdapterPage<ContactFile>> {
  checkNoCursor(cursor)
  const rows = await runtime.client.contacts.getFiles(contactId, callOf(runtime, context)())
  return { items: context.mapRecords(rows, toFile) }
}

/** The activities of a conversation, on one page. */
export async function listActivities(
  runtime: ChannelInboxRuntime,
  conversationId: string,
  { cursor }: AdapterPageQuery,
  context: AdapterContext,
): Promise<AdapterPage<Activity>> {
  checkNoCursor(cursor)
  const rows = await runtime.client.contacts.getActivities(conversationId, callOf(runtime, context)())
  return { items: context.mapRecords(rows, (row) => toActivity(row, conversationId)) }
}
