import { memory } from '@anycontact/memory'
import { defineSync } from '@anycontact/sync'
import { describe, expectTypeOf, it } from 'vitest'
import { type Config, defineConfig } from './config.ts'

describe('defineConfig', () => {
  const store = memory()

  it('takes clients, functions that make them, and adapters with their options', () => {
    const config = defineConfig({
      providers: {
        bot: { adapter: 'chatbotkit', secret: { env: 'BOT_SECRET' } },
        store,
        made: () => memory(),
        later: async () => memory(),
      },
      default: 'bot',
      syncs: {
        plain: { source: 'bot', target: 'store', by: 'externalId', lost: ['tags'] },
        checked: defineSync({ name: 'checked', source: store, target: memory(), by: 'externalId' }),
      },
    })
    expectTypeOf(config).toExtend<Config>()
  })

  it('knows the adapters and the names of providers', () => {
    // @ts-expect-error there is no such adapter
    defineConfig({ providers: { bot: { adapter: 'hubspot' } } })
    // @ts-expect-error there is no such provider
    defineConfig({ providers: { bot: store }, default: 'crm' })
    defineConfig({
      providers: { bot: store },
      // @ts-expect-error there is no such provider
      syncs: { nightly: { source: 'crm', target: 'bot', by: 'externalId' } },
    })
    // @ts-expect-error there is no such part
    defineConfig({ providers: { bot: store }, extends: './base' })
  })
})
