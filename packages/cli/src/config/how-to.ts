/** How providers are configured, for whoever has none. */
export const HOW_TO_CONFIGURE = `Write an anycontact.config.ts (or .js, .mjs, .json) in this folder:

  import { defineConfig } from 'anycontact'

  export default defineConfig({
    providers: {
      bot: { adapter: 'chatbotkit' },
      crm: { adapter: 'cognipeer', token: { env: 'CRM_TOKEN' }, hookId: { env: 'CRM_HOOK_ID' } },
    },
    default: 'bot',
  })

or set the variables of a provider, in the environment or in a file named .env here:

  chatbotkit       CHATBOTKIT_SECRET
  cognipeer        COGNIPEER_TOKEN, COGNIPEER_HOOK_ID
  channel-inbox    IMBRACE_API_KEY; or IMBRACE_ACCESS_TOKEN, IMBRACE_ORGANIZATION_ID
  contact-methods  ARTU_API_KEY, ARTU_ENVIRONMENT

or add --emulator to any command: local stand-ins, which need no account.
`
