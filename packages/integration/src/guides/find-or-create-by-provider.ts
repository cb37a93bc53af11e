import type { ChannelInboxContacts } from '@anycontact/channel-inbox'
import type { ChatBotKitContacts } from '@anycontact/chatbotkit'
import type { CognipeerContacts } from '@anycontact/cognipeer'
import type { ContactMethodsContacts } from '@anycontact/contact-methods'
import type { MemoryContacts } from '@anycontact/memory'
import type { FindOrCreate } from './find-or-create.ts'

/** The whole call may take so long. */
const deadlineMs = 10_000

/** The providers that keep an id of yours. */
export function byExternalId(
  contacts: ChatBotKitContacts | CognipeerContacts | MemoryContacts,
): FindOrCreate {
  return ({ key, ...person }) =>
    contacts.upsert({ externalId: key, ...person }, { by: 'externalId', deadlineMs })
}

/** Contact methods: the id is yours, a UUID, and there are no names. */
export function byOwnId(contacts: ContactMethodsContacts): FindOrCreate {
  return ({ key, email }) => contacts.upsert({ id: key, email }, { by: 'id', deadlineMs })
}

/** An inbox keeps no id of yours and looks nobody up: the whole listing is read. */
export function byEmail(contacts: ChannelInboxContacts): FindOrCreate {
  return ({ name, email }) => contacts.upsert({ name, email }, { by: 'email', scan: true, deadlineMs })
}
