import { ApiError, jsonResponse, systemError } from './errors.ts'
import { findContact, findSecret } from './find-contact.ts'
import type { AccountSecret, ResourceRow } from './resource-store.ts'
import type { ChatBotKitSecret } from './resources.ts'
import type { AddRoute, Incoming } from './routing.ts'
import type { Services } from './services.ts'
import type { ContactRow } from './store.ts'

/** A secret of the account, as one contact meets it. */
interface Meeting {
  readonly contact: ContactRow
  readonly secret: AccountSecret
  /** The contact's value, where it has one. */
  readonly value: ResourceRow<ChatBotKitSecret> | undefined
}

/** Adds `verify`, `authenticate` and `revoke`, which look a secret up in the whole account. */
export function addSecretRoutes(route: AddRoute, { store, resources }: Services): void {
  const meet = ({ session, param }: Incoming): Meeting => {
    const contact = findContact(store, session, param('contactId'))
    const secret = findSecret(resources, session, param('secretId'))
    return { contact, secret, value: resources.secretValue(contact.id, secret.record.id) }
  }

  route('post', '/contact/:contactId/secret/:secretId/verify', (incoming) => {
    const meeting = meet(incoming)
    const { id } = meeting.secret.record
    if (isAuthenticated(meeting)) return jsonResponse({ id, status: 'authenticated' })
    const url = authenticationUrl(meeting, 'verify')
    return jsonResponse({ id, status: 'unauthenticated', action: { type: 'authenticate', url } })
  })

  route('post', '/contact/:contactId/secret/:secretId/authenticate', (incoming) => {
    const meeting = meet(incoming)
    return jsonResponse({ id: meeting.secret.record.id, url: authenticationUrl(meeting, 'authenticate') })
  })

  route('post', '/contact/:contactId/secret/:secretId/revoke', (incoming) => {
    const meeting = meet(incoming)
    const { contact, secret, value } = meeting
    // The value is read before it is taken away, and the reading asks for it.
    if (!isAuthenticated(meeting)) throw missingValue(meeting)
    if (value === undefined) throw systemError()
    resources.removeSecretValue(contact.id, value)
    return jsonResponse({ id: secret.record.id })
  })
}

/** A personal secret works by the value of a verified contact, a shared one by the account's. */
function isAuthenticated({ contact, secret, value }: Meeting): boolean {
  if (secret.kind === 'shared') return secret.authenticated
  return contact.record.verifiedAt !== null && value?.authenticated === true
}

/** Where the contact authenticates; throws the 409 where contacts cannot. */
function authenticationUrl({ contact, secret }: Meeting, action: 'verify' | 'authenticate'): string {
  if (secret.kind === 'shared') throw new ApiError('CONFLICT', 'Cannot obtain secret for this secret type')
  if (contact.record.verifiedAt === null)
    throw new ApiError('CONFLICT', `Cannot ${action} secret for this secret configuration`)
  return urlOf(contact, secret)
}

function urlOf(contact: ContactRow, secret: AccountSecret): string {
  const state = encodeURIComponent(contact.id)
  const id = encodeURIComponent(secret.record.id)
  return `https://chatbotkit.invalid/secrets/${id}/manager/authenticate?state=${state}`
}

/** Why there is no value to revoke. */
function missingValue({ contact, secret }: Meeting): ApiError {
  if (secret.kind === 'shared') return new ApiError('NOT_FOUND')
  if (contact.record.verifiedAt === null)
    return new ApiError('NOT_AUTHENTICATED', 'Cannot obtain secret manager')
  const url = urlOf(contact, secret)
  return new ApiError(
    'NOT_AUTHENTICATED',
    `Missing value for secret: ask the user to visit ${url} to authorize access`,
  )
}
