import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import type { Contact } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  createEmulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import type { SyncClient } from '../../project/plan.ts'

/** A provider whose contacts can be changed behind the reader's back. */
export interface Provider {
  readonly contacts: SyncClient
  create(name: string): Promise<Contact>
  rename(id: string, name: string): Promise<void>
  remove(id: string): Promise<void>
}

const email = (name: string): string => `${name.toLowerCase()}@example.com`

/** Providers of each kind of paging, empty. */
export const PROVIDERS: Readonly<Record<string, () => Provider>> = {
  'ChatBotKit, by cursors': () => {
    const clock = createTestClock({ waits: 'pass' })
    const { fetch } = createEmulator({ now: clock.now, seed: 1 }).chatbotkit
    const contacts = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch, clock })
    return {
      contacts,
      create: (name) => contacts.create({ name, email: email(name) }),
      rename: async (id, name) => void (await contacts.update(id, { name })),
      remove: (id) => contacts.delete(id),
    }
  },
  'Cognipeer, by pages': () => {
    const clock = createTestClock({ waits: 'pass' })
    const vendor = createEmulator({ now: clock.now, seed: 1 }).cognipeer
    const contacts = cognipeer({
      token: COGNIPEER_TOKEN,
      hookId: COGNIPEER_HOOK_ID,
      fetch: vendor.fetch,
      clock,
    })
    return {
      contacts,
      create: (name) => contacts.create({ name, email: email(name) }),
      rename: async (id, name) => void (await contacts.update(id, { name })),
      remove: async (id) => void vendor.softDelete(id),
    }
  },
  'a channel inbox, by offsets': () => {
    const clock = createTestClock({ waits: 'pass' })
    const { fetch } = createEmulator({ now: clock.now, seed: 1 }).channelInbox
    const contacts = channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch, clock })
    return {
      contacts,
      create: (name) => contacts.create({ name, email: email(name) }),
      rename: async (id, name) => void (await contacts.update(id, { name })),
      remove: (id) => contacts.delete(id),
    }
  },
  'memory, by cursors': () => {
    const contacts = memory({ clock: createTestClock({ waits: 'pass' }) })
    return {
      contacts,
      create: (name) => contacts.create({ name, email: email(name) }),
      rename: async (id, name) => void (await contacts.update(id, { name })),
      remove: (id) => contacts.delete(id),
    }
  },
}

/** A memory provider. */
export function memoryProvider(): Provider {
  const make = PROVIDERS['memory, by cursors']
  if (!make) throw new Error('there is no memory provider')
  return make()
}
