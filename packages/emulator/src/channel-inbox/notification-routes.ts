import type { JsonValue } from '../json.ts'
import { isJsonObject } from '../json.ts'
import { badRequest, jsonResponse, notFound } from './errors.ts'
import { pageEnvelope, readPage } from './listing.ts'
import { type ChannelInboxSwitches, understands } from './options.ts'
import type { ChannelInboxNotification } from './records.ts'
import type { AddRoute, RouteHandler } from './routing.ts'
import type { Services } from './services.ts'
import type { Organization } from './store.ts'

/** Adds the routes of the user's notices. */
export function addNotificationRoutes(route: AddRoute, { store, switches }: Services): void {
  const done = (): Response =>
    switches.notificationAnswer === 'success'
      ? jsonResponse({ success: true })
      : new Response(null, { status: 200 })

  route(['sdk', 'web', 'spec'], 'GET', '/notifications', ({ organization, query, fault }) => {
    const { notifications } = store.organization(organization)
    const rows = notifications.filter(ofType(query.get('type')))
    const page = readPage((name) => query.get(name), switches)
    const envelope = pageEnvelope(rows, page, { wire: (row) => row, switches, fault })
    // The number on the user's bell: of all notices, whatever the listing is narrowed to.
    const unread_count = notifications.filter(({ is_read }) => !is_read).length
    return jsonResponse({ ...envelope, unread_count })
  })

  route(['sdk', 'web', 'spec'], 'PUT', '/notifications/read', ({ organization, json }) => {
    const organizationData = store.organization(organization)
    const body = json()
    if (body === undefined || (understands(switches, 'spec') && namesNoIds(body))) {
      if (switches.markAllRead === 'refused') throw badRequest('notification_id is required')
      if (switches.markAllRead === 'works') markRead(organizationData, () => true)
      return done()
    }
    const ids = knownIds(organizationData, readIds(body, switches, 'array'), switches)
    markRead(organizationData, (id) => ids.includes(id))
    return done()
  })

  const dismiss: RouteHandler = ({ organization, json }) => {
    const organizationData = store.organization(organization)
    const ids = knownIds(organizationData, readIds(json(), switches, 'single'), switches)
    organizationData.notifications = organizationData.notifications.filter(({ id }) => !ids.includes(id))
    return done()
  }
  route(['sdk', 'web'], 'DELETE', '/notifications/dismiss', dismiss)
  route(['spec'], 'POST', '/notifications/dismiss', dismiss)

  const dismissAll: RouteHandler = ({ organization, query }) => {
    const organizationData = store.organization(organization)
    const isMeant = ofType(understands(switches, 'web') ? query.get('type') : null)
    organizationData.notifications = organizationData.notifications.filter((row) => !isMeant(row))
    return done()
  }
  route(['sdk', 'web'], 'DELETE', '/notifications/dismiss/all', dismissAll)
  route(['spec'], 'POST', '/notifications/dismiss/all', dismissAll)
}

/** A notice's type is a number, and that of a query is text. */
function ofType(type: string | null): (row: ChannelInboxNotification) => boolean {
  return (row) => type === null || String(row.type) === type
}

function markRead(organization: Organization, isMeant: (id: string) => boolean): void {
  organization.notifications = organization.notifications.map((row) =>
    isMeant(row.id) ? { ...row, is_read: true } : row,
  )
}

/** The ids in a body, in the forms that are understood; throws the 400 for any other. */
function readIds(
  body: JsonValue | undefined,
  switches: ChannelInboxSwitches,
  kind: 'array' | 'single',
): readonly string[] {
  if (body !== undefined && isJsonObject(body)) {
    const named = understands(switches, 'sdk') ? body.notification_id : undefined
    if (kind === 'single' && typeof named === 'string') return [named]
    if (kind === 'array' && isTexts(named)) return named
    const ids = understands(switches, 'spec') ? body.ids : undefined
    if (isTexts(ids)) return ids
  }
  if (understands(switches, 'web') && isTexts(body)) return body
  throw badRequest('notification_id is required')
}

/** Whether a body leaves out the ids, in whichever form. */
function namesNoIds(body: JsonValue): boolean {
  return isJsonObject(body) && body.ids === undefined && body.notification_id === undefined
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function knownIds(
  { notifications }: Organization,
  ids: readonly string[],
  switches: ChannelInboxSwitches,
): readonly string[] {
  const known = new Set(notifications.map(({ id }) => id))
  if (switches.unknownNotification === 'refused' && ids.some((id) => !known.has(id))) {
    throw notFound(switches.notFoundStatus)
  }
  return ids
}
