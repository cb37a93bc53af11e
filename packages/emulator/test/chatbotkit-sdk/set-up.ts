import { ContactClient } from '@chatbotkit/sdk/contact/index'
import { onTestFinished } from 'vitest'
import { type ChatBotKitEmulator, type ChatBotKitOptions, createEmulator } from '../../src/index.ts'

type ClientOptions = ConstructorParameters<typeof ContactClient>[0]

/** The vendor's own client, unmodified, on a loopback socket of the emulator. */
export async function sdk(
  clientOptions: Partial<ClientOptions> = {},
  chatbotkit: ChatBotKitOptions = {},
): Promise<{ client: ContactClient; emulator: ChatBotKitEmulator; url: string }> {
  const emulator = createEmulator({ chatbotkit }).chatbotkit
  const server = await emulator.listen()
  onTestFinished(() => server.close())
  const client = new ContactClient({
    secret: 'sk-emulator',
    baseUrl: server.url,
    retryDelay: 1,
    ...clientOptions,
  })
  return { client, emulator, url: server.url }
}

/** A body that the vendor's types forbid and its client sends all the same. */
export function untyped<T>(body: unknown): T {
  return JSON.parse(JSON.stringify(body))
}

/** What a stream yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}
