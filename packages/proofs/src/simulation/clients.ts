import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { Clock, FetchFunction, RateLimiter } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
} from '@anycontact/emulator'

/** With what a client of a provider is made. */
export interface ClientMeans {
  readonly fetch: FetchFunction
  readonly clock: Clock
  readonly random: () => number
  readonly rateLimit: RateLimiter | undefined
}

/** Makes the client of each provider. */
export const CLIENTS = {
  chatbotkit: (means: ClientMeans) => chatbotkit({ secret: CHATBOTKIT_SECRET, ...means }),
  cognipeer: (means: ClientMeans) =>
    cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, ...means }),
  'channel-inbox': (means: ClientMeans) => channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, ...means }),
  'contact-methods': (means: ClientMeans) =>
    contactMethods({ apiKey: CONTACT_METHODS_API_KEY, environment: 'test', ...means }),
} as const
