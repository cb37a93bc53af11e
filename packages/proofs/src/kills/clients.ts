import { type ChatBotKitOptions, chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { CHATBOTKIT_SECRET, COGNIPEER_HOOK_ID, COGNIPEER_TOKEN } from '@anycontact/emulator'

/** How a client reaches the emulator. */
export type Reach = Pick<ChatBotKitOptions, 'baseUrl' | 'fetch' | 'timeoutMs'>

export const atChatBotKit = (reach: Reach) => chatbotkit({ secret: CHATBOTKIT_SECRET, ...reach })

export const atCognipeer = ({ baseUrl, ...reach }: Reach) =>
  cognipeer({
    token: COGNIPEER_TOKEN,
    hookId: COGNIPEER_HOOK_ID,
    ...(baseUrl !== undefined && { baseUrl: `${baseUrl}/v1` }),
    ...reach,
  })
