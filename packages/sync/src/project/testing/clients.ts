import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import { createTestClock } from '@anycontact/core/adapter-kit'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import type { SyncClient } from '../plan.ts'

/** The providers, by name. */
export const PROVIDERS = ['memory', 'chatbotkit', 'cognipeer', 'channel-inbox', 'contact-methods'] as const

/** The name of a provider. */
export type ProviderName = (typeof PROVIDERS)[number]

/** Makes a client of a provider on an empty store or emulated vendor of its own, in this process. */
export function emptyClient(provider: ProviderName): SyncClient {
  const clock = createTestClock({ waits: 'pass' })
  const servers = createEmulator({ now: clock.now, seed: 1 })
  const random = (): number => 0.5
  switch (provider) {
    case 'memory':
      return memory({ clock })
    case 'chatbotkit':
      return chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: servers.chatbotkit.fetch, clock, random })
    case 'cognipeer':
      return cognipeer({
        token: COGNIPEER_TOKEN,
        hookId: COGNIPEER_HOOK_ID,
        fetch: servers.cognipeer.fetch,
        clock,
        random,
      })
    case 'channel-inbox':
      return channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch: servers.channelInbox.fetch, clock, random })
    case 'contact-methods':
      return contactMethods({
        apiKey: CONTACT_METHODS_API_KEY,
        environment: 'test',
        fetch: servers.contactMethods.fetch,
        clock,
        random,
      })
  }
}
