import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

// With slashes on Windows too, as Vite has paths.
const source = (path: string): string =>
  fileURLToPath(new URL(`./packages/${path}`, import.meta.url)).replaceAll('\\', '/')

/** Tests run against the packages' sources, so that no build stands between a change and its test. */
const config: ViteUserConfig = defineConfig({
  resolve: {
    alias: [
      { find: '@anycontact/core/adapter-kit', replacement: source('core/src/adapter-kit/index.ts') },
      {
        find: /^@anycontact\/chatbotkit\/api\/contact\/(conversation|secret|space|task)(\/.*)?$/,
        replacement: source('chatbotkit/src/api/$1.ts'),
      },
      { find: /^@anycontact\/chatbotkit\/api\/.+$/, replacement: source('chatbotkit/src/api/index.ts') },
      { find: '@anycontact/chatbotkit/api', replacement: source('chatbotkit/src/api/index.ts') },
      { find: '@anycontact/cognipeer/api', replacement: source('cognipeer/src/api/index.ts') },
      { find: '@anycontact/channel-inbox/api', replacement: source('channel-inbox/src/api/index.ts') },
      { find: '@anycontact/contact-methods/api', replacement: source('contact-methods/src/api/index.ts') },
      { find: '@anycontact/emulator/command', replacement: source('emulator/src/command.ts') },
      { find: '@anycontact/sync/ledger-kit', replacement: source('sync/src/ledger-kit.ts') },
      { find: /^anycontact$/, replacement: source('cli/src/index.ts') },
      { find: /^@anycontact\/([a-z-]+)$/, replacement: `${source('')}$1/src/index.ts` },
    ],
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    typecheck: { enabled: true, include: ['src/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    testTimeout: 20_000,
  },
})

export default config
