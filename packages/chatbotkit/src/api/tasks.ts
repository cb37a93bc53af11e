import type { EndpointCall } from './call.ts'
import type { ChatBotKitClient } from './client.ts'
import { endpoints } from './endpoints.ts'
import { listResources, type ResourceListing } from './resource-listing.ts'
import type { ContactTask, ResourceListRequest } from './resource-types.ts'

/**
 * Lists the tasks of a contact. Awaited, it is one page; `.stream()` yields all of them.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param request - which page
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact
 */
export function listContactTasks(
  client: ChatBotKitClient,
  contactId: string,
  request?: ResourceListRequest,
  call?: EndpointCall,
): ResourceListing<ContactTask> {
  return listResources(client, endpoints.listContactTasks, contactId, request, call)
}
