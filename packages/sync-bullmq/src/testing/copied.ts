import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { CHATBOTKIT_SECRET, COGNIPEER_HOOK_ID, COGNIPEER_TOKEN } from '@anycontact/emulator'
import { defineSync, type Sync } from '@anycontact/sync'

/** The sync of the tests: from one emulated provider to another, both at an address. */
export function copied(address: string): Sync {
  const timeoutMs = 1000
  return defineSync({
    name: 'Cognipeer to ChatBotKit: tried',
    source: cognipeer({
      token: COGNIPEER_TOKEN,
      hookId: COGNIPEER_HOOK_ID,
      baseUrl: `${address}/v1`,
      timeoutMs,
    }),
    target: chatbotkit({ secret: CHATBOTKIT_SECRET, baseUrl: address, timeoutMs }),
    by: 'externalId',
    lost: ['tags', 'status'],
  })
}
