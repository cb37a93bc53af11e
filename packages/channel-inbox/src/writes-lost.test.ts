import { describe, expect, it } from 'vitest'
import { failure, first, setup } from './testing/setup.ts'

const ANA = { name: 'Ana', email: 'ana@example.com' }

/** What keeps an answer from arriving, where the request was carried out. */
const LOST = [
  { cut: 'answer' },
  { status: 503, applied: true },
  { html: true, applied: true },
  { truncateBytes: 9 },
] as const

/** What is created, and what is there afterwards. */
const CREATES = {
  'a contact': { requests: ['POST /contacts'], commented: false },
  'a comment': { requests: ['POST /contacts/{id}/comments'], commented: true },
} as const

describe.each(Object.entries(CREATES))('%s that is created', (_, { requests: sent, commented }) => {
  function made(...args: Parameters<typeof setup>) {
    const { vendor, contacts, requests } = setup(...args)
    const { id } = first(vendor.seed([{}]))
    const create = (): Promise<unknown> =>
      commented ? contacts.comments.create(id, { text: 'Called back' }) : contacts.create(ANA)
    return { vendor, contacts, requests, id, create }
  }

  it.each(LOST)('is not sent again where its answer was lost (%j)', async (fault) => {
    const { vendor, contacts, requests, id, create } = made()
    vendor.faults.add({ method: 'POST', ...fault })
    expect(await failure(create())).toMatchObject({
      applied: 'unknown',
      retryable: false,
      message: expect.stringContaining('may have been applied'),
    })
    expect(requests()).toEqual(sent)
    const there = commented ? await contacts.comments.list(id).toArray() : vendor.contacts.slice(1)
    expect(there).toHaveLength(1)
  })

  it.each([{ cut: 'request' }, { status: 503 }, { status: 500 }, { html: true }] as const)(
    'is not sent again where nobody can tell (%j)',
    async (fault) => {
      const { vendor, requests, create } = made()
      vendor.faults.add({ method: 'POST', ...fault })
      expect(await failure(create())).toMatchObject({ applied: 'unknown', retryable: false })
      expect(requests()).toEqual(sent)
    },
  )

  it.each([{ cut: 'connect' }, { status: 429 }, { retryAfter: 1 }] as const)(
    'is sent again where it surely was not applied (%j)',
    async (fault) => {
      const { vendor, create } = made()
      vendor.faults.add({ method: 'POST', ...fault })
      await create()
      expect(vendor.audit().doubled).toEqual([])
    },
  )

  it.each([{}, { object_name: 'contact' }, [], 'ok', null])(
    'and answered with what is none (%j) may be there',
    async (body) => {
      const { vendor, requests, create } = made()
      vendor.faults.add({ method: 'POST', rewrite: () => body })
      expect(await failure(create())).toMatchObject({ code: 'bad_response', applied: 'unknown' })
      expect(requests()).toEqual(sent)
    },
  )

  it('is refused, and surely not there, where the server says so', async () => {
    const { vendor, create } = made()
    vendor.faults.add({ method: 'POST', status: 400, body: { code: 40000, message: 'No' } })
    expect(await failure(create())).toMatchObject({ code: 'invalid_input', applied: 'no' })
  })
})

describe.each(['empty', 'object', 'record'] as const)('a delete that is answered with %s', (deleteAnswer) => {
  it('removes the contact, which is then not_found', async () => {
    const { contacts, vendor, requests } = setup({}, { deleteAnswer })
    const { id } = first(vendor.seed([ANA].map(({ name, email }) => ({ display_name: name, email }))))
    await contacts.delete(id)
    expect(requests()).toEqual(['DELETE /contacts/{id}'])
    expect(await failure(contacts.get(id))).toMatchObject({ code: 'not_found' })
    expect(await contacts.find(id)).toBeUndefined()
    expect(await failure(contacts.delete(id))).toMatchObject({ code: 'not_found', applied: 'no' })
  })

  it('removes a comment, and leaves the others', async () => {
    const { contacts, vendor } = setup({}, { deleteAnswer })
    const { id } = first(vendor.seed([{}]))
    const [gone, kept] = vendor.seedComments(id, [{ text: 'a' }, { text: 'b' }])
    await contacts.comments.delete(id, gone?._id ?? '')
    expect((await contacts.comments.list(id)).items).toMatchObject([{ id: kept?._id }])
    expect(await failure(contacts.comments.delete(id, gone?._id ?? ''))).toMatchObject({ code: 'not_found' })
  })

  it('is sent again where its answer was lost, and does not mind what it removed itself', async () => {
    for (const fault of [{ cut: 'answer' }, { status: 502, applied: true }] as const) {
      const { contacts, vendor, requests } = setup({}, { deleteAnswer })
      const { id } = first(vendor.seed([{}]))
      const comment = first(vendor.seedComments(id, [{}]))
      vendor.faults.add({ method: 'DELETE', ...fault })
      await contacts.comments.delete(id, comment._id)
      vendor.faults.add({ method: 'DELETE', ...fault })
      await contacts.delete(id)
      expect(requests()).toHaveLength(4)
      expect(vendor.contacts).toEqual([])
    }
  })

  it('does not take a contact that never was for removed after a 429', async () => {
    const { contacts, vendor, requests } = setup({}, { deleteAnswer })
    vendor.faults.add({ status: 429 })
    expect(await failure(contacts.delete('con_none'))).toMatchObject({ code: 'not_found' })
    expect(requests()).toHaveLength(2)
  })
})

describe('a delete', () => {
  it.each([
    { html: true, status: 200 },
    { status: 200, body: { success: false } },
  ] as const)('is not believed from an answer that says none (%j)', async (fault) => {
    const { contacts, vendor } = setup({ retry: false })
    const { id } = first(vendor.seed([{}]))
    vendor.faults.add({ method: 'DELETE', ...fault })
    expect(await failure(contacts.delete(id))).toMatchObject({ code: 'bad_response', applied: 'unknown' })
  })

  it('of many goes by ids and by scans, and tells what was not there', async () => {
    const { contacts, vendor } = setup()
    const [a] = vendor.seed([{}, { email: 'bo@example.com' }, { email: 'kept@example.com' }])
    const { succeeded, failed } = await contacts.deleteMany(
      [a?.id ?? '', { email: 'bo@example.com' }, 'con_none'],
      { scan: true },
    )
    expect([succeeded.length, failed.map(({ index, error }) => [index, error.code])]).toEqual([
      2,
      [[2, 'not_found']],
    ])
    expect(vendor.contacts.map(({ email }) => email)).toEqual(['kept@example.com'])
  })
})
