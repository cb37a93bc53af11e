import { type ChatBotKitContacts, type ChatBotKitOptions, chatbotkit as make } from '@anycontact/chatbotkit'
import { watched } from './watch.ts'

export * from '@anycontact/chatbotkit'

/** The package's factory, whose clients tell the page when they wait. */
export const chatbotkit: (options: ChatBotKitOptions) => ChatBotKitContacts = watched(make)
