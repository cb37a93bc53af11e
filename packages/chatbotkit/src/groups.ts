import type { ConversationFilter } from '@anycontact/core'
import { ContactsError, type Conversation } from '@anycontact/core'
import { type Adapter, type AdapterPageQuery, cursorListing } from '@anycontact/core/adapter-kit'
import { badRecord } from './api/errors.ts'
import type { Transport } from './api/transport.ts'
import { readPage } from './api/wire.ts'
import { checkId } from './lookup.ts'
import { toConversation } from './mapping.ts'

interface Query extends AdapterPageQuery, ConversationFilter {
  readonly contactId: string
}

/** The conversations of contacts, newest first. */
export function createConversations(transport: Transport): Required<NonNullable<Adapter['conversations']>> {
  const conversations = cursorListing<Conversation, Query>({
    maxPageSize: 100,
    async read({ cursor, limit: take }, { contactId }, { call }) {
      const input = { params: { contactId: checkId(contactId) }, query: { take, cursor } }
      const page = readPage(await transport.json('listContactConversations', input, call))
      // A last page has a cursor too; a short one proves the end.
      return {
        records: page.items,
        nextCursor: page.items.length < take ? undefined : (page.cursor ?? undefined),
      }
    },
    map(record, index, { contactId: asked }) {
      const conversation = toConversation(record, index)
      const { contactId = asked } = conversation
      if (contactId === asked.trim()) return conversation
      throw badRecord(`items.${index}.contactId`, 'is not the contact that was asked for')
    },
  })
  return {
    async list(contactId, query, context) {
      if (query.channelTypes && query.channelTypes.length > 0) {
        throw new ContactsError({
          code: 'unsupported',
          message: 'ChatBotKit does not tell on which channel a conversation is; leave channelTypes out.',
        })
      }
      return conversations.page({ ...query, contactId }, context)
    },
  }
}
