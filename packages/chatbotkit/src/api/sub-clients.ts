import type { CallSettings } from '@anycontact/core/adapter-kit'
import { ChatBotKitClient } from './client.ts'
import type { Listing } from './listing-promise.ts'
import * as functions from './resources.ts'
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

/** The conversations of contacts. */
export class ConversationClient extends ChatBotKitClient {
  /** Lists the conversations of a contact, newest first: one page when awaited, all of them when streamed. */
  list(contactId: string, request?: PageFields, call?: CallSettings): Listing<ContactConversation> {
    return functions.listConversations(this, contactId, request, call)
  }
}

/** The tasks of contacts. */
export class TaskClient extends ChatBotKitClient {
  /** Lists the tasks of a contact: one page when awaited, all of them when streamed. */
  list(contactId: string, request?: PageFields, call?: CallSettings): Listing<ContactTask> {
    return functions.listTasks(this, contactId, request, call)
  }
}

/** The spaces of contacts. */
export class SpaceClient extends ChatBotKitClient {
  /** Lists the spaces of a contact: one page when awaited, all of them when streamed. */
  list(contactId: string, request?: PageFields, call?: CallSettings): Listing<ContactSpace> {
    return functions.listSpaces(this, contactId, request, call)
  }
}

/** The secrets that contacts have values for. */
export class SecretClient extends ChatBotKitClient {
  /** Lists the secrets that a contact has values for: one page when awaited, all of them when streamed. */
  list(contactId: string, request?: PageFields, call?: CallSettings): Listing<ContactSecret> {
    return functions.listSecrets(this, contactId, request, call)
  }

  /** Tells whether a contact has authenticated with a secret, and where it can. */
  verify(contactId: string, secretId: string, call?: CallSettings): Promise<SecretVerifyResponse> {
    return functions.verifySecret(this, contactId, secretId, call)
  }

  /** Starts the authentication of a contact with a secret; the answer says at which URL. */
  authenticate(
    contactId: string,
    secretId: string,
    call?: CallSettings,
  ): Promise<SecretAuthenticateResponse> {
    return functions.authenticateSecret(this, contactId, secretId, call)
  }

  /** Revokes a contact's authentication with a secret. */
  revoke(contactId: string, secretId: string, call?: CallSettings): Promise<SecretRevokeResponse> {
    return functions.revokeSecret(this, contactId, secretId, call)
  }
}
