import type { EndpointCall } from './call.ts'
import type { ChatBotKitClient } from './client.ts'
import { endpoints } from './endpoints.ts'
import { listResources, type ResourceListing } from './resource-listing.ts'
import type {
  ContactMemory,
  ContactMemorySearchRequest,
  ContactMemorySearchResponse,
  ResourceListRequest,
} from './resource-types.ts'
import { sendJson } from './send.ts'
import { parseListAnswer } from './wire.ts'

/**
 * Lists what bots remember about a contact. Awaited, it is one page; `.stream()` yields all of them.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param request - which page
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact
 */
export function listContactMemories(
  client: ChatBotKitClient,
  contactId: string,
  request?: ResourceListRequest,
  call?: EndpointCall,
): ResourceListing<ContactMemory> {
  return listResources(client, endpoints.listContactMemories, contactId, request, call)
}

/**
 * Searches what bots remember about a contact.
 *
 * @param client - the client to ask with
 * @param contactId - whose
 * @param request - the text to search for
 * @param call - settings of this call
 * @throws ContactsError `not_found` when there is no such contact
 */
export async function searchContactMemory(
  client: ChatBotKitClient,
  contactId: string,
  request: ContactMemorySearchRequest,
  call?: EndpointCall,
): Promise<ContactMemorySearchResponse> {
  const endpoint = endpoints.searchContactMemory
  const answer = await sendJson(client, endpoint, { params: { contactId }, record: { ...request } }, call)
  const { items } = parseListAnswer(answer, call?.operation ?? endpoint.operation)
  return { items: items as ContactMemorySearchResponse['items'] } // taken on trust
}
