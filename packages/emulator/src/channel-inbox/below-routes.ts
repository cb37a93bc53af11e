import { findContact } from './contact-routes.ts'
import { jsonResponse } from './errors.ts'
import { malform } from './faults.ts'
import { readPage } from './listing.ts'
import { type ChannelInboxSwitches, understands } from './options.ts'
import { fileWire } from './records.ts'
import type { AddRoute, Incoming, RouteHandler } from './routing.ts'
import type { Services } from './services.ts'

/** Adds the routes of what hangs on a contact, or on one of its conversations. */
export function addBelowRoutes(route: AddRoute, services: Services): void {
  const { store, switches } = services
  route(['sdk', 'web', 'spec'], 'GET', '/contacts/:id/conversations', (incoming) => {
    const contact = findContact(services, incoming)
    const wanted = channelTypes(incoming.query, switches)
    const rows = store.organization(incoming.organization).conversations.get(contact.id) ?? []
    const data = rows.filter(({ conversation }) => wanted(conversation.channel_type))
    return rowsAnswer(data, switches.conversations, incoming)
  })

  const comments: RouteHandler = (incoming) => {
    const contact = findContact(services, incoming)
    const wanted = channelTypes(incoming.query, switches)
    const rows = store.organization(incoming.organization).comments.get(contact.id) ?? []
    const all = rows.filter(({ channel_type }) => wanted(channel_type))
    const { skip, limit } = readPage((name) => incoming.query.get(name), switches)
    const data = switches.commentPaging === 'works' ? all.slice(skip, skip + limit) : all
    return rowsAnswer(data, switches.comments, incoming)
  }
  route(['sdk', 'spec'], 'GET', '/contacts/:id/comments', comments)
  route(['web', 'spec'], 'GET', '/contacts/:id/message_comments', comments)

  const files: RouteHandler = (incoming) => {
    const contact = findContact(services, incoming)
    const rows = store.organization(incoming.organization).files.get(contact.id) ?? []
    return rowsAnswer(
      rows.map((file) => fileWire(file, switches.files)),
      'array',
      incoming,
    )
  }
  route(['sdk', 'web'], 'GET', '/contact/:id/files', files)
  route(['spec'], 'GET', '/contacts/:id/files', files)

  route(['sdk', 'web', 'spec'], 'GET', '/conversations_activities/:id', (incoming) => {
    const rows = store.organization(incoming.organization).activities.get(incoming.param('id')) ?? []
    const data = rows.filter(({ created_at }) => isBetween(created_at, incoming.query))
    return rowsAnswer(data, switches.activities, incoming)
  })
}

function rowsAnswer(rows: readonly object[], form: 'array' | 'data', { fault }: Incoming): Response {
  const data = malform(rows, fault)
  return jsonResponse(form === 'array' ? data : { data })
}

/**
 * Whether a moment is neither before `start_date` nor after `end_date`, both of them included: no page says so. A date without a
 * time is its first moment in UTC, and what is no date counts as not given.
 */
function isBetween(moment: string, query: URLSearchParams): boolean {
  const at = Date.parse(moment)
  return !(at < Date.parse(query.get('start_date') ?? '') || at > Date.parse(query.get('end_date') ?? ''))
}

/** One value with commas, as the vendor's SDK sends several types, or the parameter repeated, as its web app does. */
function channelTypes(query: URLSearchParams, switches: ChannelInboxSwitches): (type: string) => boolean {
  if (!understands(switches, 'sdk', 'web')) return () => true
  const given = query.getAll('channel_types')
  const read = understands(switches, 'web') ? given : given.slice(0, 1)
  const wanted = understands(switches, 'sdk') ? read.flatMap((value) => value.split(',')) : read
  return (type) => wanted.length === 0 || wanted.includes(type)
}
