import { deleteAnswer, findContact } from './contact-routes.ts'
import { badRequest, jsonResponse, notFound } from './errors.ts'
import { type ChannelInboxComment, commentRecord } from './records.ts'
import type { AddRoute, Incoming } from './routing.ts'
import type { Services } from './services.ts'

/** Adds the routes of single comments about a contact. Their path has the singular. */
export function addCommentRoutes(route: AddRoute, services: Services): void {
  const { store, switches, newId } = services
  const commentsOf = (incoming: Incoming): readonly ChannelInboxComment[] =>
    store.organization(incoming.organization).comments.get(findContact(services, incoming).id) ?? []
  const put = (incoming: Incoming, comments: ChannelInboxComment[]): void => {
    store.organization(incoming.organization).comments.set(incoming.param('id'), comments)
  }
  const findComment = (incoming: Incoming): ChannelInboxComment => {
    const id = incoming.param('commentId')
    const comment = commentsOf(incoming).find(({ _id }) => _id === id)
    if (comment === undefined) throw notFound(switches.notFoundStatus)
    return comment
  }

  route(['sdk', 'web', 'spec'], 'POST', '/contacts/:id/comments', (incoming) => {
    const comments = commentsOf(incoming)
    const { content } = incoming.jsonObject()
    if (typeof content !== 'string' || content === '') throw badRequest('content is required')
    const base = { newId, organization: incoming.organization, now: store.now }
    const comment = commentRecord(incoming.param('id'), { text: content }, base)
    put(incoming, [...comments, comment])
    return jsonResponse(comment)
  })
  route(['sdk', 'web', 'spec'], 'GET', '/contacts/:id/comment/:commentId', (incoming) =>
    jsonResponse({ data: [findComment(incoming)] }),
  )
  route(['sdk', 'web', 'spec'], 'DELETE', '/contacts/:id/comment/:commentId', (incoming) => {
    const comment = findComment(incoming)
    put(
      incoming,
      commentsOf(incoming).filter((row) => row !== comment),
    )
    return deleteAnswer(comment, switches)
  })
}
