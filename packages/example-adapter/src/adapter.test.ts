import { describe, expect, it } from 'vitest'
import { exampleCrm } from './index.ts'
import { createServer } from './server.ts'

describe('what the conformance suite cannot see', () => {
  it('does not send a create again whose answer was lost', async () => {
    const server = createServer()
    let attempts = 0
    const contacts = exampleCrm({
      token: 'example',
      fetch: async (input, init) => {
        attempts++
        await server.fetch(input, init)
        throw new TypeError('fetch failed')
      },
      retry: { attempts: 3 },
    })
    await expect(contacts.create({ name: 'Ana' })).rejects.toMatchObject({
      code: 'network',
      retryable: false,
    })
    expect(attempts).toBe(1)
  })

  it('turns an answer that it cannot read into bad_response', async () => {
    for (const answer of [
      { people: null },
      { people: [{ id: 7 }] },
      { people: [{ id: '7', created_at: 'x' }] },
    ]) {
      const contacts = exampleCrm({ token: 'example', fetch: async () => Response.json(answer) })
      await expect(contacts.list().toArray()).rejects.toMatchObject({
        code: 'bad_response',
        operation: 'list',
      })
    }
  })

  it('reads the error body', async () => {
    const contacts = exampleCrm({ token: 'wrong', fetch: createServer().fetch })
    await expect(contacts.get('1')).rejects.toMatchObject({ code: 'unauthenticated', vendorCode: 'token' })
  })
})
