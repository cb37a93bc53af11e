import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { ContactsBase } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import type { AdapterName } from './config.ts'

/** The options of any adapter, as plain data; each adapter checks its own. */
export type AdapterOptions = Readonly<Record<string, unknown>>

/**
 * The adapters by name. Each checks its options itself, with `config` for what is wrong: data of a file has no other type before.
 */
export const ADAPTERS: Readonly<Record<AdapterName, (options: AdapterOptions) => ContactsBase>> = {
  chatbotkit: (options) => chatbotkit(options as unknown as Parameters<typeof chatbotkit>[0]),
  cognipeer: (options) => cognipeer(options as unknown as Parameters<typeof cognipeer>[0]),
  'channel-inbox': (options) => channelInbox(options as unknown as Parameters<typeof channelInbox>[0]),
  'contact-methods': (options) => contactMethods(options as unknown as Parameters<typeof contactMethods>[0]),
  memory: (options) => memory(options),
}

/** The names of the adapters. */
export const ADAPTER_NAMES = Object.keys(ADAPTERS).filter(isAdapterName)

/** Whether an adapter of this name is there. */
export function isAdapterName(name: string): name is AdapterName {
  return Object.hasOwn(ADAPTERS, name)
}
