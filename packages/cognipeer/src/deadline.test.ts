import { createTestClock, failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { cognipeer } from './cognipeer.ts'
import { connect } from './testing/setup.ts'

/** A client that has a second for each call, of a server that takes 700 ms for each answer. */
function slowly() {
  const clock = createTestClock()
  const { vendor, options } = connect({}, clock)
  vendor.faults.add({ latencyMs: 700, times: Number.POSITIVE_INFINITY })
  const contacts = cognipeer({ ...options, deadlineMs: 1000, uniqueKeys: ['externalId'] })
  const startedAt = clock.now()
  /** How a call fails, and after how long. */
  const ending = async (call: PromiseLike<unknown>) => {
    const error = await clock.settle(failure(call))
    return { error, afterMs: clock.now() - startedAt }
  }
  return { contacts, vendor, clock, ending }
}

describe('deadlineMs counts for all requests of a call', () => {
  it('of an upsert: the lookup and the create', async () => {
    const { contacts, vendor, ending } = slowly()
    const { error, afterMs } = await ending(contacts.upsert({ externalId: 'crm-7' }, { by: 'externalId' }))
    expect(error).toMatchObject({
      code: 'timeout',
      operation: 'upsert',
      applied: 'unknown',
      retryable: false,
    })
    expect(afterMs).toBe(1000)
    expect(vendor.requests.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })

  it('of a lookup and its look at how many there are', async () => {
    const { contacts, vendor, ending } = slowly()
    vendor.seed([{ email: 'ana@ex.org' }])
    const { error, afterMs } = await ending(contacts.get({ email: 'ana@ex.org' }))
    expect(error).toMatchObject({ code: 'timeout', operation: 'get', applied: 'no', retryable: true })
    expect(afterMs).toBe(1000)
  })

  it('of an update and what finds its contact', async () => {
    const { contacts, vendor, ending } = slowly()
    vendor.seed([{ integrationId: 'crm-7' }])
    const updating = contacts.update({ externalId: 'crm-7' }, { customFields: { plan: 'pro' } })
    const { error, afterMs } = await ending(updating)
    expect(error).toMatchObject({ code: 'timeout', operation: 'update', applied: 'unknown' })
    expect(afterMs).toBe(1000)
  })

  it('but each page of a listing has its own', async () => {
    const { contacts, vendor, clock } = slowly()
    vendor.seed(Array.from({ length: 5 }, (_, n) => ({ name: `n${n}` })))
    expect(await clock.settle(contacts.list({ pageSize: 1 }).toArray())).toHaveLength(5)
  })
})
