import type { EndpointCall } from './call.ts'
import type { ChatBotKitClient } from './client.ts'
import { endpoints } from './endpoints.ts'
import { listResources, type ResourceListing } from './resource-listing.ts'
import type { ContactConversation, ResourceListRequest } from './resource-types.ts'

/**
 * Lists the conversations of a contact, newest first. Awaited, it is one page; `.stream()` yields all of them.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param request - which page
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact
 */
export function listContactConversations(
  client: ChatBotKitClient,
  contactId: string,
  request?: ResourceListRequest,
  call?: EndpointCall,
): ResourceListing<ContactConversation> {
  return listResources(client, endpoints.listContactConversations, contactId, request, call)
}
