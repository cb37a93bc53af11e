import { describe, expect, it } from 'vitest'
import { contactsErrorOf, failureOf } from '../client/testing/failure.ts'
import { ContactsError } from '../errors.ts'
import { createPager } from '../pager.ts'
import { controlledPages } from './testing/controlled-pages.ts'
import { settle } from './testing/deferred.ts'
import { failOnUnhandledRejections } from './testing/unhandled.ts'

failOnUnhandledRejections()

describe('a cursor that comes again', () => {
  async function readUntilFailure(nextOf: Record<string, string>, cursor?: string) {
    const asked: (string | undefined)[] = []
    const pager = createPager<string>({
      cursor,
      async fetchPage(at) {
        asked.push(at)
        const nextCursor = nextOf[at ?? 'start']
        return { items: [at ?? 'start'], ...(nextCursor !== undefined && { nextCursor }) }
      },
    })
    const items: string[] = []
    const error = await contactsErrorOf(async () => {
      for await (const item of pager) items.push(item)
    })
    return { asked, items, error }
  }

  it('is an error after the page that gave it: A, A', async () => {
    const { asked, items, error } = await readUntilFailure({ start: 'A', A: 'A' })
    expect(error.code).toBe('bad_response')
    expect(error.message).toContain('same cursor twice')
    expect(items).toEqual(['start', 'A'])
    expect(asked).toEqual([undefined, 'A'])
  })

  it('is an error after the page that gave it: A, B, A', async () => {
    const { asked, items } = await readUntilFailure({ start: 'A', A: 'B', B: 'A' })
    expect(items).toEqual(['start', 'A', 'B'])
    expect(asked).toEqual([undefined, 'A', 'B'])
  })

  it('is noticed when it is the one that the listing began at', async () => {
    const { items } = await readUntilFailure({ A: 'B', B: 'A' }, 'A')
    expect(items).toEqual(['A', 'B'])
  })
})

describe('naming errors', () => {
  it('is done for everything that is thrown', async () => {
    const nameError = (error: unknown): unknown => `named: ${error instanceof Error ? error.message : error}`
    const broken = createPager<number>({ nameError, fetchPage: () => Promise.reject(new Error('down')) })
    expect(await failureOf(() => broken)).toBe('named: down')
    expect(await failureOf(() => broken.toArray())).toBe('named: down')
    expect(await failureOf(() => broken.pages().next())).toBe('named: down')
    expect(await failureOf(() => broken.toArray({ limit: -1 }))).toMatch(/^named: .*limit must be/)
    const stream = createPager<number>({
      nameError,
      fetchPage: async () => ({ items: [] }),
      // biome-ignore lint/correctness/useYield: it fails before
      async *batches() {
        throw new Error('cut')
      },
    })
    expect(await failureOf(() => stream.toArray())).toBe('named: cut')
  })
})

describe('a page that was refused beside others', () => {
  const known = { laterCursors: () => ['1', '2'] }

  it('is fetched once more, by itself, and one that failed otherwise is not', async () => {
    const refused = (code: 'rate_limited' | 'unavailable', status?: number): ContactsError =>
      new ContactsError({ code, message: 'Not now.', status })
    const { source, requests, cursors } = controlledPages(known)
    const failure = failureOf(() => createPager(source).toArray())
    await settle()
    requests[0]?.answer({ items: [0] })
    await settle()
    requests[2]?.fail(refused('rate_limited', 429))
    requests[1]?.fail(refused('rate_limited'))
    await settle()
    expect(cursors()).toEqual([undefined, '1', '2', '1'])
    requests[3]?.answer({ items: [1] })
    await settle()
    expect(cursors()).toEqual([undefined, '1', '2', '1', '2'])
    requests[4]?.fail(refused('rate_limited'))
    // It was not sent, so what the provider said before is the failure.
    expect(await failure).toMatchObject({ code: 'rate_limited', status: 429 })

    const other = controlledPages(known)
    const otherFailure = failureOf(() => createPager(other.source).toArray())
    await settle()
    other.requests[0]?.answer({ items: [0] })
    await settle()
    other.requests[1]?.fail(refused('unavailable'))
    expect(await otherFailure).toHaveProperty('code', 'unavailable')
    expect(other.cursors()).toEqual([undefined, '1', '2'])
  })
})
