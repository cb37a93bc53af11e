import type { EndpointCall } from './call.ts'
import { ChatBotKitClient } from './client.ts'
import { listContactConversations } from './conversations.ts'
import type { ResourceListing } from './resource-listing.ts'
import type {
  ContactConversation,
  ContactSecret,
  ContactSecretAuthenticateResponse,
  ContactSecretRevokeResponse,
  ContactSecretVerifyResponse,
  ContactSpace,
  ContactTask,
  ResourceListRequest,
} from './resource-types.ts'
import {
  authenticateContactSecret,
  listContactSecrets,
  revokeContactSecret,
  verifyContactSecret,
} from './secrets.ts'
import { listContactSpaces } from './spaces.ts'
import { listContactTasks } from './tasks.ts'

/** The conversations of contacts. */
export class ConversationClient extends ChatBotKitClient {
  /** Lists the conversations of a contact, newest first: one page when awaited, all of them when streamed. */
  list(
    contactId: string,
    request?: ResourceListRequest,
    call?: EndpointCall,
  ): ResourceListing<ContactConversation> {
    return listContactConversations(this, contactId, request, call)
  }
}

/** The tasks of contacts. */
export class TaskClient extends ChatBotKitClient {
  /** Lists the tasks of a contact: one page when awaited, all of them when streamed. */
  list(contactId: string, request?: ResourceListRequest, call?: EndpointCall): ResourceListing<ContactTask> {
    return listContactTasks(this, contactId, request, call)
  }
}

/** The spaces of contacts. */
export class SpaceClient extends ChatBotKitClient {
  /** Lists the spaces of a contact: one page when awaited, all of them when streamed. */
  list(contactId: string, request?: ResourceListRequest, call?: EndpointCall): ResourceListing<ContactSpace> {
    return listContactSpaces(this, contactId, request, call)
  }
}

/** The secrets that contacts have values for. */
export class SecretClient extends ChatBotKitClient {
  /** Lists the secrets that a contact has values for: one page when awaited, all of them when streamed. */
  list(
    contactId: string,
    request?: ResourceListRequest,
    call?: EndpointCall,
  ): ResourceListing<ContactSecret> {
    return listContactSecrets(this, contactId, request, call)
  }

  /** Tells whether a contact has authenticated with a secret, and where it can. */
  verify(contactId: string, secretId: string, call?: EndpointCall): Promise<ContactSecretVerifyResponse> {
    return verifyContactSecret(this, contactId, secretId, call)
  }

  /** Starts the authentication of a contact with a secret; the answer says at which URL. */
  authenticate(
    contactId: string,
    secretId: string,
    call?: EndpointCall,
  ): Promise<ContactSecretAuthenticateResponse> {
    return authenticateContactSecret(this, contactId, secretId, call)
  }

  /** Revokes a contact's authentication with a secret. */
  revoke(contactId: string, secretId: string, call?: EndpointCall): Promise<ContactSecretRevokeResponse> {
    return revokeContactSecret(this, contactId, secretId, call)
  }
}
