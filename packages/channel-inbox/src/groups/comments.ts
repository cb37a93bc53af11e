import type { Comment, ConversationFilter } from '@anycontact/core'
import {
  type AdapterComments,
  type AdapterPageQuery,
  createOnce,
  offsetListing,
  readMember,
} from '@anycontact/core/adapter-kit'
import { type ImbraceClient, transportOf } from '../api/client.ts'
import { PAGE_SIZE } from '../listing/index.ts'
import { readComments } from '../quirks/comment-paging.ts'
import { toComment } from './records.ts'

interface CommentQuery extends AdapterPageQuery, ConversationFilter {
  readonly id: string
}

/** The team's comments on contacts. */
export function createComments(client: ImbraceClient): Required<AdapterComments> {
  const { contacts } = client
  const transport = transportOf(client)
  const comments = offsetListing<Comment, CommentQuery>({
    maxPageSize: PAGE_SIZE,
    read: (place, { id, channelTypes: channelType }, { call }) =>
      readComments(
        place,
        (slice) => contacts.getComments(id, { ...slice, channelType }, call),
        call.operation,
      ),
    map: (record, _, { id }) => toComment(record, id),
  })
  return {
    list: (id, query, context) => comments.page({ ...query, id }, context),
    async create(id, { text }, { call }) {
      const { made } = await createOnce({
        call,
        send: (effect) =>
          transport.json(
            'createContactComment',
            { params: { id }, json: { content: text }, effect },
            call,
            (answer) => toComment(recordIn(answer), id),
          ),
      })
      return made
    },
    async delete(id, commentId, { call }) {
      await transport.done('deleteContactComment', { params: { id, commentId } }, call)
    },
  }
}

/** A comment by itself, or as the vendor's documentation shows one: in an array, as `data`. */
function recordIn(answer: unknown): unknown {
  const data = readMember(answer, 'data')
  return Array.isArray(data) ? data[0] : answer
}
