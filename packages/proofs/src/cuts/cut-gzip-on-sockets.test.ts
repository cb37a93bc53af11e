import { createServer, type Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import { chatbotkit } from '@anycontact/chatbotkit'
import { createTestClock } from '@anycontact/core/adapter-kit'
import { CHATBOTKIT_SECRET, createEmulator } from '@anycontact/emulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { namesOf, people } from './cut-answers.ts'

const { chatbotkit: vendor } = createEmulator({ seed: 1 })
vendor.seed(people({ count: 12 }))
const everyone = vendor.contacts.map(({ name }) => name).reverse()

/** After how many bytes the next streamed answer ends, as if whole. */
let cutAfter: number | undefined
let packedBytes = 0

/** Sends the vendor's answers packed. */
const server: Server = createServer(async (request, response) => {
  const { accept = '', authorization = '' } = request.headers
  const answer = await vendor.fetch(`https://emulator.test${request.url}`, {
    headers: { accept, authorization },
  })
  const packed = gzipSync(await answer.text())
  const isCut = accept === 'application/jsonl' && cutAfter !== undefined
  if (accept === 'application/jsonl') packedBytes = packed.length
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? '',
    'content-encoding': 'gzip',
  })
  response.write(isCut ? packed.subarray(0, cutAfter) : packed, () => response.end())
  if (isCut) cutAfter = undefined
})

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

it('a packed answer that ends after any byte, read from a socket, loses nobody', async () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const contacts = chatbotkit({
    secret: CHATBOTKIT_SECRET,
    baseUrl: `http://127.0.0.1:${port}`,
    clock: createTestClock({ waits: 'pass' }),
    random: () => 0,
  })
  expect(namesOf(await contacts.list().toArray())).toEqual(everyone)
  for (let at = 0; at < packedBytes; at++) {
    cutAfter = at
    expect(namesOf(await contacts.list().toArray()), `cut after ${at} of ${packedBytes} bytes`).toEqual(
      everyone,
    )
    expect(cutAfter).toBeUndefined()
  }
}, 60_000)
