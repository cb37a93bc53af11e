import type { EndpointCall } from './call.ts'
import type { ChatBotKitClient } from './client.ts'
import { endpoints } from './endpoints.ts'
import { listResources, type ResourceListing } from './resource-listing.ts'
import type { ContactRating, ResourceListRequest } from './resource-types.ts'

/**
 * Lists the ratings that a contact gave. Awaited, it is one page; `.stream()` yields all of them.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param request - which page
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact
 */
export function listContactRatings(
  client: ChatBotKitClient,
  contactId: string,
  request?: ResourceListRequest,
  call?: EndpointCall,
): ResourceListing<ContactRating> {
  return listResources(client, endpoints.listContactRatings, contactId, request, call)
}
