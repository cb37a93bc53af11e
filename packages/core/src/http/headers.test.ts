import { describe, expect, test } from 'vitest'
import { ContactsError } from '../errors.ts'
import { credential } from './headers.ts'
import { contactsError, thrownError } from './testing/test-client.ts'

const context = { provider: 'acme', name: 'apiKey' }

describe('credential', () => {
  test('gives a string as it is', async () => {
    expect(await credential('sk-1', context)()).toBe('sk-1')
  })

  test('asks a function each time', async () => {
    let n = 0
    const secret = credential(async () => `sk-${++n}`, context)
    expect(n).toBe(0)
    expect([await secret(), await secret()]).toEqual(['sk-1', 'sk-2'])
  })

  test.each([undefined, '', '  ', '\n'])('%j is config at construction', (value) => {
    const error = thrownError(() => credential(value, context))
    expect(error).toMatchObject({ code: 'config', provider: 'acme' })
    expect(error.message).toContain('apiKey')
  })

  test.each(['hunter2\n', 'hun\r\nter2', 'hunter2\0', 'hunter2→', '\ud83dhunter2'])(
    'a secret that no header can carry is config, and is not quoted: %j',
    (value) => {
      const error = thrownError(() => credential(value, context))
      expect(error.code).toBe('config')
      expect(error.message).not.toContain('hunter2')
    },
  )

  test.each(['', ' ', 'hunter2\n', undefined, 7])(
    'a function that gives %j is config when asked',
    async (value) => {
      // biome-ignore lint/suspicious/noExplicitAny: what untyped callers give
      const secret = credential((() => value) as any, context)
      const error = await contactsError(secret())
      expect(error.code).toBe('config')
      expect(error.message).not.toContain('hunter2')
    },
  )

  test('a function that fails is config, and its error is not passed on', async () => {
    const secret = credential(() => Promise.reject(new TypeError('token hunter2 expired')), context)
    const error = await contactsError(secret())
    expect(error.code).toBe('config')
    expect(error.message).toContain('TypeError')
    expect(error.message).not.toContain('hunter2')
    expect(error.cause).toBeUndefined()
  })

  test('a ContactsError of the function is passed on', async () => {
    const own = new ContactsError({ code: 'unauthenticated', message: 'log in first' })
    const secret = credential(() => {
      throw own
    }, context)
    expect(await contactsError(secret())).toBe(own)
  })
})
