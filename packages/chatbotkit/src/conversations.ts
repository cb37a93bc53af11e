import {
  type AdapterContext,
  type AdapterPage,
  type AdapterPageQuery,
  ContactsError,
  type Conversation,
  type ConversationFilter,
} from '@anycontact/core'
import { listContactConversations } from './api/conversations.ts'
import { parseListAnswer } from './api/wire.ts'
import { callOf, checkId } from './calls.ts'
import { toConversation } from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'

/** The server's page size, which is also its most. Source: the vendor's server source. */
const MAX_PAGE_SIZE = 100

/** One page of a contact's conversations, newest first. */
export async function listConversations(
  runtime: ChatBotKitRuntime,
  contactId: string,
  { pageSize, cursor, channelTypes }: AdapterPageQuery & ConversationFilter,
  context: AdapterContext,
): Promise<AdapterPage<Conversation>> {
  if (channelTypes && channelTypes.length > 0) {
    throw new ContactsError({
      code: 'unsupported',
      message: 'ChatBotKit does not tell on which channel a conversation is; leave channelTypes out.',
    })
  }
  const take = Math.min(pageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE)
  const request = { take, ...(cursor !== undefined && { cursor }) }
  const call = callOf(runtime, context)()
  const page = parseListAnswer(
    await listContactConversations(runtime.client, checkId(contactId), request, call),
  )
  return {
    items: context.mapRecords(page.items, toConversation),
    nextCursor: page.items.length >= take ? page.cursor : undefined,
  }
}
