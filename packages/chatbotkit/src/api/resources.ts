import type { CallSettings } from '@anycontact/core/adapter-kit'
import type { ChatBotKitClient } from './client.ts'
import { write } from './contacts/index.ts'
import type { EndpointName } from './endpoints.ts'
import { type Listing, listingPromise, streamOnce } from './listing-promise.ts'
import type {
  ContactConversation,
  ContactSecret,
  ContactSpace,
  ContactTask,
  PageFields,
  SecretAuthenticateResponse,
  SecretRevokeResponse,
  SecretVerifyResponse,
} from './types/index.ts'

/**
 * Lists what hangs on a contact: one page when awaited, everything when streamed. A stream that breaks off is resumed, except of
 * secrets: there it throws.
 *
 * @param contactId - whose
 * @param request - which page
 * @throws ContactsError `not_found` when there is no such contact
 */
export type ListResources<Item> = (
  client: ChatBotKitClient,
  contactId: string,
  request?: PageFields,
  call?: CallSettings,
) => Listing<Item>

/**
 * Does something with the secret of a contact.
 *
 * @param contactId - whose
 * @param secretId - the secret's id, from the listing
 * @throws ContactsError `not_found` when there is no such contact or secret; `conflict` when the contact is not verified
 */
export type SecretAction<Answer> = (
  client: ChatBotKitClient,
  contactId: string,
  secretId: string,
  call?: CallSettings,
) => Promise<Answer>

/** Lists the conversations of a contact, newest first; see {@link ListResources}. */
export const listConversations: ListResources<ContactConversation> = listing('listContactConversations')

/** Lists the tasks of a contact; see {@link ListResources}. */
export const listTasks: ListResources<ContactTask> = listing('listContactTasks')

/** Lists the spaces of a contact; see {@link ListResources}. */
export const listSpaces: ListResources<ContactSpace> = listing('listContactSpaces')

/**
 * Lists the secrets that a contact has values for; see {@link ListResources}. The server's second page of them is expected to be
 * empty, because its cursor names another table.
 */
export const listSecrets: ListResources<ContactSecret> = (client, contactId, request, call) =>
  // The ids of secrets are no cursors of their listing.
  listingPromise(client, { name: 'listContactSecrets', params: { contactId }, request, call }, streamOnce)

/** Tells whether a contact has authenticated with a secret, and where it can; see {@link SecretAction}. */
export const verifySecret: SecretAction<SecretVerifyResponse> = action('verifyContactSecret')

/** Starts the authentication of a contact with a secret; the answer says at which URL; see {@link SecretAction}. */
export const authenticateSecret: SecretAction<SecretAuthenticateResponse> =
  action('authenticateContactSecret')

/** Revokes a contact's authentication with a secret; see {@link SecretAction}. */
export const revokeSecret: SecretAction<SecretRevokeResponse> = action('revokeContactSecret')

function listing<Item>(name: EndpointName): ListResources<Item> {
  return (client, contactId, request, call) =>
    listingPromise<Item>(client, { name, params: { contactId }, request, call })
}

function action<Answer extends { id: string }>(name: EndpointName): SecretAction<Answer> {
  return (client, contactId, secretId, call) =>
    write<Answer>(client, name, {}, call, { params: { contactId, secretId } })
}
