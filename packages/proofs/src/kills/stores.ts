import type { ChatBotKitContact, CognipeerContact, Emulator } from '@anycontact/emulator'
import { externalIdOf, type Person, personOf, type Stored } from './people.ts'

/** Which provider has a contact. */
export type Provider = 'chatbotkit' | 'cognipeer'

/** What a contact goes by. */
export type Key = 'externalId' | 'email'

/** What a provider has in its store now; those that are deleted are not there. */
export function storedAt(emulator: Emulator, provider: Provider, key: Key): readonly Stored[] {
  return provider === 'chatbotkit'
    ? emulator.chatbotkit.contacts.map((contact) => fromChatBotKit(contact, key))
    : emulator.cognipeer.contacts
        .filter(({ deleted }) => deleted !== true)
        .map((contact) => fromCognipeer(contact, key))
}

/** Puts the contacts of these numbers straight into a store. */
export function seed(emulator: Emulator, provider: Provider, key: Key, numbers: readonly number[]): void {
  const people = numbers.map((number) => ({
    person: personOf(number),
    externalId: key === 'externalId' ? externalIdOf(number) : undefined,
  }))
  if (provider === 'chatbotkit') {
    emulator.chatbotkit.seed(
      people.map(({ person: { name, email, plan }, externalId }) => ({
        name,
        email,
        meta: { plan },
        ...(externalId !== undefined && { fingerprint: externalId }),
      })),
    )
  } else {
    emulator.cognipeer.seed(
      people.map(({ person: { name, email, plan }, externalId }) => ({
        name,
        email,
        properties: { plan },
        ...(externalId !== undefined && { integrationId: externalId }),
      })),
    )
  }
}

/** How often contacts of ChatBotKit were deleted, by their ids. Cognipeer has no way to. */
export function deletedAt({ chatbotkit }: Emulator): readonly string[] {
  return chatbotkit.requests.flatMap(({ path, status }) => {
    const [, id] = /\/contact\/([^/]+)\/delete$/.exec(path) ?? []
    return id !== undefined && status === 200 ? [id] : []
  })
}

/** Whether two contacts have the same in the synced fields. */
export function isSame(one: Person, other: Person): boolean {
  return one.name === other.name && one.email === other.email && one.plan === other.plan
}

function fromChatBotKit({ id, fingerprint, name, email, meta }: ChatBotKitContact, key: Key): Stored {
  const stored = { id, name, email: email ?? '', plan: textOf(meta?.plan) }
  return { ...stored, key: key === 'email' ? stored.email : fingerprint }
}

function fromCognipeer({ _id, integrationId, name, email, properties }: CognipeerContact, key: Key): Stored {
  const plan: unknown = Reflect.get(Object(properties), 'plan')
  const stored = { id: _id, name: textOf(name), email: textOf(email), plan: textOf(plan) }
  return { ...stored, key: key === 'email' ? stored.email : textOf(integrationId) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
