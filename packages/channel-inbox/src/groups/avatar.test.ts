import { describe, expect, it } from 'vitest'
import { failure, first, setup } from '../testing/setup.ts'

const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255, 10, 13])

function streamOf(...chunks: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

describe('avatar.upload', () => {
  it.each([
    ['a Blob', { data: new Blob([bytes], { type: 'image/png' }) }, 'avatar', 'image/png'],
    ['a File', { data: new File([bytes], 'ana.png', { type: 'image/png' }) }, 'ana.png', 'image/png'],
    [
      'a File under another name',
      { data: new File([bytes], 'ana.png', { type: 'image/png' }), name: 'zoë & bo.png', type: 'image/x' },
      'zoë & bo.png',
      'image/x',
    ],
    ['an ArrayBuffer', { data: bytes.buffer, name: 'a.png', type: 'image/png' }, 'a.png', 'image/png'],
    ['a Uint8Array', { data: bytes }, 'avatar', 'application/octet-stream'],
    [
      'a stream',
      { data: streamOf(bytes.slice(0, 3), bytes.slice(3)), name: 'a.png', type: 'image/png' },
      'a.png',
      'image/png',
    ],
  ])('takes %s', async (_, source, name, type) => {
    const { contacts, vendor } = setup()
    const { url } = await contacts.avatar.upload(source)
    expect(vendor.uploads).toEqual([{ url, name, type, bytes }])
    expect(vendor.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; ?boundary=/)
  })

  it.each([
    ['a Blob', new Blob([bytes], { type: 'image/png' }), 'avatar', 'image/png'],
    ['a Blob without a type', new Blob([bytes]), 'avatar', 'application/octet-stream'],
    ['a File', new File([bytes], 'ana.png', { type: 'image/png' }), 'ana.png', 'image/png'],
  ])('takes %s as it is', async (_, file, name, type) => {
    const { contacts, vendor } = setup()
    const { url } = await contacts.avatar.upload(file)
    expect(vendor.uploads).toEqual([{ url, name, type, bytes }])
  })

  it('gives a URL that an update takes', async () => {
    const { contacts, vendor } = setup()
    const { id } = first(vendor.seed([{}]))
    const { url } = await contacts.avatar.upload({ data: bytes })
    expect(await contacts.update(id, { avatarUrl: url })).toMatchObject({ avatarUrl: url })
  })

  it('works over a socket', async () => {
    const made = setup()
    const server = await made.vendor.listen()
    try {
      const { contacts, vendor } = setup({ baseUrl: server.url, fetch: undefined })
      expect(vendor.uploads).toEqual([])
      await contacts.avatar.upload({ data: streamOf(bytes), name: 'a.png' })
      expect(made.vendor.uploads).toMatchObject([{ name: 'a.png', bytes }])
    } finally {
      await server.close()
    }
  })

  it('is not sent again when its answer was lost: that would store another file', async () => {
    for (const fault of [{ cut: 'answer' }, { html: true, applied: true }, { truncateBytes: 4 }] as const) {
      const { contacts, vendor } = setup()
      vendor.faults.add(fault)
      expect(await failure(contacts.avatar.upload({ data: bytes }))).toMatchObject({ retryable: false })
      expect(vendor.uploads).toHaveLength(1)
    }
  })

  it('ends at the deadline while it waits for the stream', async () => {
    const { contacts, requests } = setup({ deadlineMs: 1000 })
    let left: unknown
    const silent = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: () => new Promise(() => {}),
      cancel: (reason) => {
        left = reason
      },
    })
    const error = await failure(contacts.avatar.upload({ data: silent }))
    expect(error).toMatchObject({ code: 'timeout', operation: 'avatar.upload' })
    expect(left).toMatchObject({ code: 'timeout' })
    expect(requests()).toEqual([])
  })

  it('names itself where the answer has no url', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ status: 200, body: {} })
    expect(await failure(contacts.avatar.upload({ data: bytes }))).toMatchObject({
      code: 'bad_response',
      operation: 'avatar.upload',
    })
  })

  it('sends nothing when the stream fails, or the caller leaves', async () => {
    const { contacts, requests } = setup()
    const reason = new Error('disk')
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({ pull: () => Promise.reject(reason) })
    expect(await failure(contacts.avatar.upload({ data: broken }))).toBe(reason)
    const controller = new AbortController()
    const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (c) => {
        c.enqueue(bytes)
        controller.abort(reason)
      },
    })
    expect(await failure(contacts.avatar.upload({ data: endless }, { signal: controller.signal }))).toBe(
      reason,
    )
    const silent = new ReadableStream<Uint8Array<ArrayBuffer>>({ pull: () => new Promise(() => {}) })
    const leaving = new AbortController()
    const upload = failure(contacts.avatar.upload({ data: silent }, { signal: leaving.signal }))
    leaving.abort(reason)
    expect(await upload).toBe(reason)
    expect(requests()).toEqual([])
  })
})
