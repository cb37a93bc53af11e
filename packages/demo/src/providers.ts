/** The clients of the demo: one for each vendor, all on the one socket of the emulator. */
import { type ChannelInboxContacts, channelInbox } from '@anycontact/channel-inbox'
import {
  type ChatBotKitContacts,
  type ContactsWarning,
  chatbotkit,
  type RequestEvent,
} from '@anycontact/chatbotkit'
import { type CognipeerContacts, cognipeer } from '@anycontact/cognipeer'
import { type ContactMethodsContacts, contactMethods } from '@anycontact/contact-methods'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  type Fetch,
} from '@anycontact/emulator'

/** A secret of the emulated ChatBotKit that belongs to another account than its default one. */
export const OTHER_SECRET = 'sk-another-account'

/** What a client is made with. */
export interface ClientOptions {
  /** Where the emulator is. */
  readonly url: string
  /** Told of each request that the client sends. */
  readonly onRequest: (event: RequestEvent) => void
  /** Replaces the socket. @default the runtime's */
  readonly fetch?: Fetch | undefined
}

/** What a client is made with besides when its provider has not all fields of the file. */
export interface PartsClientOptions extends ClientOptions {
  /** Told of each field that was left out. */
  readonly onWarning: (warning: ContactsWarning) => void
}

/** A ChatBotKit client. */
export function makeChatBotKit(
  { url, onRequest, fetch }: ClientOptions,
  secret: string = CHATBOTKIT_SECRET,
): ChatBotKitContacts {
  return chatbotkit({ secret, baseUrl: url, onRequest, fetch })
}

/** A Cognipeer client. The file's external ids are known to be unique there. */
export function makeCognipeer({ url, onRequest, onWarning, fetch }: PartsClientOptions): CognipeerContacts {
  return cognipeer({
    token: COGNIPEER_TOKEN,
    hookId: COGNIPEER_HOOK_ID,
    baseUrl: `${url}/v1`,
    uniqueKeys: ['externalId'],
    unsupportedFields: 'drop',
    onRequest,
    onWarning,
    fetch,
  })
}

/** A channel inbox client. */
export function makeChannelInbox({
  url,
  onRequest,
  onWarning,
  fetch,
}: PartsClientOptions): ChannelInboxContacts {
  return channelInbox({
    apiKey: CHANNEL_INBOX_API_KEY,
    baseUrl: url,
    unsupportedFields: 'drop',
    onRequest,
    onWarning,
    fetch,
  })
}

/** A contact-methods client. */
export function makeContactMethods({
  url,
  onRequest,
  onWarning,
  fetch,
}: PartsClientOptions): ContactMethodsContacts {
  return contactMethods({
    apiKey: CONTACT_METHODS_API_KEY,
    environment: 'test',
    baseUrl: url,
    unsupportedFields: 'drop',
    onRequest,
    onWarning,
    fetch,
  })
}
