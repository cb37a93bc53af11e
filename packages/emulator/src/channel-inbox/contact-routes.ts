import { type ChannelInboxContact, contactWire } from './contact.ts'
import { created } from './create.ts'
import { csvExport } from './csv.ts'
import { badRequest, jsonResponse, notFound } from './errors.ts'
import { pageEnvelope, readPage } from './listing.ts'
import { type ChannelInboxSwitches, understands } from './options.ts'
import type { AddRoute, Incoming, RouteHandler } from './routing.ts'
import type { Services } from './services.ts'
import { updated } from './update.ts'

const NEWEST_FIRST = '-created_at'

/** Adds the routes of the contacts themselves. Those with an action come before those with an id. */
export function addContactRoutes(route: AddRoute, services: Services): void {
  route(['sdk', 'web', 'spec'], 'GET', '/contacts', (incoming) => {
    const { query, organization } = incoming
    const text = understands(services.switches, 'spec') ? (query.get('q') ?? '') : ''
    const contacts = services.store.matching(organization, query.get('sort') ?? NEWEST_FIRST, text)
    return listAnswer(services, incoming, contacts, (name) => query.get(name))
  })
  route(['sdk', 'web', 'spec'], 'POST', '/contacts', (incoming) => {
    const { store, switches, newId } = services
    const base = { id: newId('con'), organization: incoming.organization, createdAt: store.now }
    const contact = created(incoming.jsonObject(), base)
    store.put(incoming.organization, contact)
    return jsonResponse(contactWire(contact, switches.contactIds))
  })
  route(['sdk', 'web'], 'GET', '/contacts/_search', (incoming) => {
    const { query } = incoming
    return searchAnswer(services, incoming, query.get('q'), query.get('sort'), (name) => query.get(name))
  })
  route(['spec'], 'POST', '/contacts/_search', (incoming) => {
    const body = incoming.jsonObject()
    return searchAnswer(services, incoming, body.query, null, (name) => {
      const value = body[name]
      return typeof value === 'number' ? value : undefined
    })
  })
  route(['sdk', 'web', 'spec'], 'GET', '/contacts/_export_csv', exportCsv(services))
  route(['sdk', 'web', 'spec'], 'POST', '/contacts/_fileupload', uploadFile(services))
  route(['sdk', 'web', 'spec'], 'GET', '/contacts/:id', (incoming) =>
    jsonResponse(contactWire(findContact(services, incoming), services.switches.contactIds)),
  )
  route(['sdk', 'web', 'spec'], 'PUT', '/contacts/:id', (incoming) => {
    const { store, switches } = services
    const contact = updated(findContact(services, incoming), incoming.jsonObject(), switches, store.now)
    store.put(incoming.organization, contact)
    return jsonResponse({ ...contactWire(contact, switches.contactIds), action: 'bu.contact_updated' })
  })
  route(['sdk', 'web', 'spec'], 'DELETE', '/contacts/:id', (incoming) => {
    const { store, switches } = services
    const contact = findContact(services, incoming)
    store.remove(incoming.organization, contact.id)
    return deleteAnswer(contactWire(contact, switches.contactIds), switches)
  })
  route(['sdk', 'web', 'spec'], 'GET', '/contacts/by-board-item/:id', (incoming) => {
    const { boardItems } = services.store.organization(incoming.organization)
    const contact = contactOf(services, incoming, boardItems.get(incoming.param('id')) ?? '')
    return jsonResponse(contactWire(contact, services.switches.contactIds))
  })
}

/** The answer to a delete of a record. */
export function deleteAnswer(record: object, { deleteAnswer }: ChannelInboxSwitches): Response {
  if (deleteAnswer === 'empty') return new Response(null, { status: 200 })
  return jsonResponse(deleteAnswer === 'record' ? record : {})
}

/** The contact that a path names; throws the refusal when there is none. */
export function findContact(services: Services, incoming: Incoming): ChannelInboxContact {
  return contactOf(services, incoming, incoming.param('id'))
}

function contactOf(
  { store, switches }: Services,
  { organization }: Incoming,
  id: string,
): ChannelInboxContact {
  const contact = store.organization(organization).contacts.get(id)
  if (contact === undefined) throw notFound(switches.notFoundStatus, 'Contact')
  return contact
}

type ReadNumber = (name: string) => string | number | null | undefined

function listAnswer(
  { switches }: Services,
  { fault }: Incoming,
  contacts: readonly ChannelInboxContact[],
  read: ReadNumber,
): Response {
  const wire = (contact: ChannelInboxContact): object => contactWire(contact, switches.contactIds)
  const { data, ...rest } = pageEnvelope(contacts, readPage(read, switches), { wire, switches, fault })
  return jsonResponse({ object_name: 'list', data, nested: {}, ...rest })
}

function searchAnswer(
  services: Services,
  incoming: Incoming,
  text: unknown,
  sort: string | null,
  read: ReadNumber,
): Response {
  if (typeof text !== 'string') throw badRequest('q is required')
  const contacts = services.store.matching(incoming.organization, sort ?? NEWEST_FIRST, text)
  return listAnswer(services, incoming, contacts, read)
}

function exportCsv({ store }: Services): RouteHandler {
  return ({ organization, query }) => {
    const contacts = store.sorted(organization, query.get('sort') ?? NEWEST_FIRST)
    const bytes = store.organization(organization).csv ?? csvExport(contacts)
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'text/csv; charset=utf-8' } })
  }
}

function uploadFile({ store, newId }: Services): RouteHandler {
  return async ({ organization, headers, body }) => {
    const type = headers.get('content-type') ?? ''
    if (!/^multipart\/form-data;.*boundary=/i.test(type)) throw badRequest('multipart/form-data is required')
    const form = await new Response(body, { headers: { 'content-type': type } })
      .formData()
      .catch(() => Promise.reject(badRequest('The form cannot be read')))
    const file = form.get('file')
    if (file === null || typeof file === 'string') throw badRequest('file is required')
    const url = `https://files.imbrace.invalid/${newId('msg')}/${encodeURIComponent(file.name)}`
    const bytes = new Uint8Array(await file.arrayBuffer())
    store.organization(organization).uploads.push({ url, name: file.name, type: file.type, bytes })
    return jsonResponse({ url })
  }
}
