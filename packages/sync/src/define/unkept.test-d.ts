import type { ChannelInboxContacts } from '@anycontact/channel-inbox'
import type { ChatBotKitContacts } from '@anycontact/chatbotkit'
import type { CognipeerContacts } from '@anycontact/cognipeer'
import type { ContactMethodsContacts } from '@anycontact/contact-methods'
import type { MemoryContacts } from '@anycontact/memory'
import { expectTypeOf, it } from 'vitest'
import type { ProviderName } from '../project/testing/clients.ts'
import type { InferredSync } from './given-types.ts'
import type { SyncProblems } from './problem-types.ts'
import type { KEYS, UNKEPT } from './testing/unkept.ts'

interface Clients {
  readonly memory: MemoryContacts
  readonly chatbotkit: ChatBotKitContacts
  readonly cognipeer: CognipeerContacts
  readonly 'channel-inbox': ChannelInboxContacts
  readonly 'contact-methods': ContactMethodsContacts
}

type Problems<From extends ProviderName, To extends ProviderName> = SyncProblems<
  InferredSync<
    Clients[From],
    Clients[To],
    (typeof KEYS)[To],
    Record<never, never>,
    readonly [],
    'one-way',
    'keep',
    'values',
    'clear'
  >
>

/** The fields that the compiler asks for. */
type Asked<Problem> = Problem extends { readonly lost: infer Message }
  ? Message extends `the target does not keep ${infer Field}: ${string}`
    ? Field
    : Message extends `the target cannot hold every custom field: ${string}`
      ? 'customFields'
      : Message
  : never

type AskedOf = {
  [From in ProviderName]: { [To in ProviderName]: Asked<Problems<From, To>> }
}

type UnkeptOf = {
  [From in ProviderName]: { [To in ProviderName]: (typeof UNKEPT)[From][To][number] }
}

it('asks for each field that the target does not keep, as it is at run time', () => {
  expectTypeOf<AskedOf>().toEqualTypeOf<UnkeptOf>()
})
