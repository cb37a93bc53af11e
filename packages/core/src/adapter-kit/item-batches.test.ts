import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AdapterItemResult } from '../adapter/pages.ts'
import { ContactsError, type ContactsErrorCode } from '../errors.ts'
import { mapItems, type SendItemsOptions, sendItems } from './item-batches.ts'
import { failure } from './test-clock.ts'

const bad = new Error('no number')

function toNumber(item: string): number {
  if (!/^\d+$/.test(item)) throw bad
  return Number(item)
}

/** A vendor that doubles numbers, and notes what it was sent. */
function vendor(options: Partial<SendItemsOptions<string, number, number[], number>> = {}): {
  readonly sent: number[][]
  run(items: readonly string[]): Promise<AdapterItemResult<number>[]>
} {
  const sent: number[][] = []
  return {
    sent,
    run: (items) =>
      sendItems<string, number, number[], number>(items, {
        maxItems: 2,
        map: toNumber,
        send: async (numbers) => {
          sent.push([...numbers])
          return numbers.map((number) => number * 2)
        },
        read: (answer) => mapItems(answer, (number) => number),
        ...options,
      }),
  }
}

const failing = (code: ContactsErrorCode, rest: object = {}): ContactsError =>
  new ContactsError({
    code,
    message: 'It failed.',
    provider: 'example-crm',
    operation: 'createMany',
    ...rest,
  })

describe('mapItems', () => {
  it('lets an item that throws fail alone', () => {
    expect(mapItems(['1', 'x', '3'], toNumber)).toEqual([{ value: 1 }, { error: bad }, { value: 3 }])
    expect(mapItems(['a', 'b'], (_, index) => index)).toEqual([{ value: 0 }, { value: 1 }])
  })
})

describe('sendItems', () => {
  it('cuts items into requests and gives results in order', async () => {
    const { run, sent } = vendor()
    const results = await run(['1', '2', 'x', '3', 'y', '4', '5'])
    expect(sent).toEqual([[1, 2], [3, 4], [5]])
    expect(results).toEqual([
      { value: 2 },
      { value: 4 },
      { error: bad },
      { value: 6 },
      { error: bad },
      { value: 8 },
      { value: 10 },
    ])
  })

  it('has a result for each item, whatever they are', async () => {
    const items = fc.array(fc.constantFrom('1', '22', '333', 'x'), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 5 }), async (given, maxItems) => {
        const { run, sent } = vendor({ maxItems })
        const expected = given.map((item) => (item === 'x' ? { error: bad } : { value: Number(item) * 2 }))
        expect(await run(given)).toEqual(expected)
        for (const request of sent) expect(request.length).toBeLessThanOrEqual(maxItems)
        expect(sent).toHaveLength(Math.ceil(given.filter((item) => item !== 'x').length / maxItems))
      }),
      { seed: 7 },
    )
  })

  it('sends nothing where there is nothing to send', async () => {
    const { run, sent } = vendor()
    expect(await run([])).toEqual([])
    expect(await run(['x'])).toEqual([{ error: bad }])
    expect(sent).toEqual([])
  })

  it('tells a request’s failure to each of its items, as an error of its own, and goes on', async () => {
    const lost = failing('network', { applied: 'unknown', retryable: false })
    let requests = 0
    const { run } = vendor({
      send: async (numbers) => {
        if (++requests === 1) throw lost
        return [...numbers]
      },
    })
    const [one, two, three] = await run(['1', '2', '3'])
    expect(three).toEqual({ value: 3 })
    for (const result of [one, two]) {
      expect(result).toMatchObject({
        error: { code: 'network', message: 'It failed.', applied: 'unknown', cause: lost },
      })
    }
    expect(one && two && 'error' in one && 'error' in two && one.error !== two.error).toBe(true)
  })

  it.each(['rate_limited', 'unauthenticated'] as const)('sends nothing more after %s', async (code) => {
    let requests = 0
    const { run } = vendor({
      send: async (numbers) => {
        if (++requests === 1) return [...numbers]
        throw failing(code, { retryAfterMs: 60_000, retryable: true, status: 429, applied: 'no' })
      },
    })
    const results = await run(['1', '2', '3', '4', '5', 'x', '6'])
    expect(requests).toBe(2)
    expect(results.slice(0, 2)).toEqual([{ value: 1 }, { value: 2 }])
    expect(results.slice(2, 4)).toMatchObject(Array(2).fill({ error: { code, message: 'It failed.' } }))
    expect(results[5]).toEqual({ error: bad })
    for (const result of [results[4], results[6]]) {
      expect(result).toMatchObject({
        error: { code, applied: 'no', retryable: true, retryAfterMs: 60_000, provider: 'example-crm' },
      })
      expect(String(result && 'error' in result && result.error)).toContain('This item was not sent')
    }
  })

  it('hands an abort through untouched, and keeps what was done before', async () => {
    const reason = new Error('enough')
    let requests = 0
    const { run } = vendor({
      send: async (numbers) => {
        if (++requests === 1) return [...numbers]
        throw reason
      },
    })
    const results = await run(['1', '2', '3', '4', '5'])
    expect(requests).toBe(2)
    expect(results.slice(0, 2)).toEqual([{ value: 1 }, { value: 2 }])
    for (const result of results.slice(2)) expect(result).toEqual({ error: reason })
  })

  it('is not silent about items that the answer does not tell of', async () => {
    const { run } = vendor({ read: () => [undefined, { value: 1 }] })
    expect(await run(['1', '2', '3'])).toMatchObject([
      { error: { code: 'bad_response', applied: 'unknown' } },
      { value: 1 },
      { error: { code: 'bad_response', applied: 'unknown' } },
    ])
  })

  it('does not know what became of an item whose part of the answer cannot be read; a refused one was not written', async () => {
    const { run } = vendor({
      read: (answer) =>
        mapItems(answer, (number) => {
          if (number === 2) throw failing('bad_response')
          if (number === 4) throw failing('conflict')
          return number
        }),
    })
    const results = await run(['1', '2', '3'])
    expect(results).toMatchObject([
      { error: { code: 'bad_response', applied: 'unknown' } },
      { error: { code: 'conflict', applied: 'no' } },
      { value: 6 },
    ])
  })

  it('does not know what became of items whose whole answer cannot be read', async () => {
    const unreadable = (): never => {
      throw failing('bad_response')
    }
    for (const { run } of [vendor({ read: unreadable }), vendor({ send: unreadable })]) {
      expect(await run(['1', '2'])).toMatchObject(Array(2).fill({ error: { applied: 'unknown' } }))
    }
  })

  it('throws the first failure of an atomic batch', async () => {
    const { run, sent } = vendor({ atomic: true })
    expect(await run(['1', '2'])).toEqual([{ value: 2 }, { value: 4 }])
    expect(await failure(run(['1', 'x']))).toBe(bad)
    expect(await failure(run(['1', '2', '3']))).toMatchObject({ code: 'invalid_input' })
    expect(sent).toHaveLength(1)
    const lost = failing('network')
    const { run: runLost } = vendor({ atomic: true, send: () => Promise.reject(lost) })
    expect(await failure(runLost(['1']))).toBe(lost)
  })
})
