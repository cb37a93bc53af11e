import type { EndpointCall } from './call.ts'
import type { ChatBotKitClient } from './client.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { listResources, type ResourceListing } from './resource-listing.ts'
import type {
  ContactSecret,
  ContactSecretAuthenticateResponse,
  ContactSecretRevokeResponse,
  ContactSecretVerifyResponse,
  ResourceListRequest,
} from './resource-types.ts'
import { sendJson } from './send.ts'
import { parseIdAnswer } from './wire.ts'

/**
 * Lists the secrets that a contact has values for. The server's second page of them is expected to be empty, because its cursor names another table. Awaited, it is one page; `.stream()` yields all of them.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param request - which page
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact
 */
export function listContactSecrets(
  client: ChatBotKitClient,
  contactId: string,
  request?: ResourceListRequest,
  call?: EndpointCall,
): ResourceListing<ContactSecret> {
  return listResources(client, endpoints.listContactSecrets, contactId, request, call)
}

/**
 * Tells whether a contact has authenticated with a secret, and where it can.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param secretId - the secret's id, from the listing
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact or secret
 */
export async function verifyContactSecret(
  client: ChatBotKitClient,
  contactId: string,
  secretId: string,
  call?: EndpointCall,
): Promise<ContactSecretVerifyResponse> {
  return act(client, endpoints.verifyContactSecret, contactId, secretId, call)
}

/**
 * Starts the authentication of a contact with a secret; the answer says at which URL.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param secretId - the secret's id, from the listing
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact or secret
 */
export async function authenticateContactSecret(
  client: ChatBotKitClient,
  contactId: string,
  secretId: string,
  call?: EndpointCall,
): Promise<ContactSecretAuthenticateResponse> {
  return act(client, endpoints.authenticateContactSecret, contactId, secretId, call)
}

/**
 * Revokes a contact's authentication with a secret.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param secretId - the secret's id, from the listing
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact or secret
 */
export async function revokeContactSecret(
  client: ChatBotKitClient,
  contactId: string,
  secretId: string,
  call?: EndpointCall,
): Promise<ContactSecretRevokeResponse> {
  return act(client, endpoints.revokeContactSecret, contactId, secretId, call)
}

async function act<Answer extends { id: string }>(
  client: ChatBotKitClient,
  endpoint: Endpoint,
  contactId: string,
  secretId: string,
  call: EndpointCall | undefined,
): Promise<Answer> {
  const answer = await sendJson(client, endpoint, { params: { contactId, secretId }, record: {} }, call)
  parseIdAnswer(answer, call?.operation ?? endpoint.operation)
  return answer as Answer // the rest is taken on trust, as by the vendor's client
}
