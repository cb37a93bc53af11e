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

/** Clients of all providers, on emulators of their own, empty. */
export function createClients() {
  const clock = createTestClock()
  const emulator = createEmulator({ now: clock.now, seed: 1 })
  const common = { clock, random: () => 0.5 }
  return {
    emulator,
    clock,
    clients: {
      memory: memory({ clock }),
      chatbotkit: chatbotkit({ ...common, secret: CHATBOTKIT_SECRET, fetch: emulator.chatbotkit.fetch }),
      cognipeer: cognipeer({
        ...common,
        token: COGNIPEER_TOKEN,
        hookId: COGNIPEER_HOOK_ID,
        fetch: emulator.cognipeer.fetch,
      }),
      'channel-inbox': channelInbox({
        ...common,
        apiKey: CHANNEL_INBOX_API_KEY,
        fetch: emulator.channelInbox.fetch,
      }),
      'contact-methods': contactMethods({
        ...common,
        apiKey: CONTACT_METHODS_API_KEY,
        environment: 'test',
        fetch: emulator.contactMethods.fetch,
      }),
    },
  }
}
