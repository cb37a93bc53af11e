import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { ContactsBase } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import type { AdapterName } from './config.ts'

/** The options of any adapter, as plain data; each adapter checks its own. */
export type AdapterOptions = Readonly<Record<string, unknown>>

/** Data of a file has no other type before the adapter has checked it, which each does itself, with `config` for what is wrong. */
const checkedBy =
  <Options>(make: (options: Options) => ContactsBase) =>
  (options: AdapterOptions): ContactsBase =>
    make(options as Options)

/** The adapters by name. */
export const ADAPTERS: Readonly<Record<AdapterName, (options: AdapterOptions) => ContactsBase>> = {
  chatbotkit: checkedBy(chatbotkit),
  cognipeer: checkedBy(cognipeer),
  'channel-inbox': checkedBy(channelInbox),
  'contact-methods': checkedBy(contactMethods),
  memory: (options) => memory(options),
}

/** The names of the adapters. */
export const ADAPTER_NAMES = Object.keys(ADAPTERS).filter(isAdapterName)

/** Whether an adapter of this name is there. */
export function isAdapterName(name: string): name is AdapterName {
  return Object.hasOwn(ADAPTERS, name)
}
