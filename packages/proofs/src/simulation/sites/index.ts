import { createEmulator } from '@anycontact/emulator'
import type { Time } from '../world/time.ts'
import { channelInboxSite } from './channel-inbox.ts'
import { chatbotkitSite } from './chatbotkit.ts'
import { cognipeerSite } from './cognipeer.ts'
import { contactMethodsSite } from './contact-methods.ts'
import type { Provider, Site } from './site.ts'

export type { Provider, Row, Site, Values } from './site.ts'

const SITES = {
  chatbotkit: chatbotkitSite,
  cognipeer: cognipeerSite,
  'channel-inbox': channelInboxSite,
  'contact-methods': contactMethodsSite,
} as const

/** Opens emulated vendors, empty. @param random - where their ids come from */
export function openSites(time: Time, random: () => number): (provider: Provider) => Site {
  const emulator = createEmulator({ now: time.now, random, sleep: (ms) => time.wait(ms) })
  return (provider) => SITES[provider](emulator)
}
