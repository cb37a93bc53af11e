import { describe, expect, it } from 'vitest'
import { exportCsv, exportInboxCsv } from '../index.ts'
import { failure, setup } from '../testing/setup.ts'

const csv = new TextEncoder().encode('\uFEFFname,"email"\r\n=SUM(1),ana@example.com\r\n')

const bytesOf = (stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array> =>
  new Response(stream).bytes()

describe('exportInboxCsv', () => {
  it('gives the vendor’s export byte for byte', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seedCsv(csv)
    expect(await bytesOf(exportInboxCsv(contacts, { sort: '-created_at' }))).toEqual(csv)
    expect(requests()).toEqual(['GET /contacts/_export_csv?sort=-created_at'])
  })

  it('gives them in chunks of any size', async () => {
    const { contacts, vendor } = setup()
    vendor.seedCsv(csv)
    vendor.faults.add({ chunkBytes: [1, 7] })
    expect(await bytesOf(exportInboxCsv(contacts))).toEqual(csv)
  })

  it('asks for nothing before it is read', async () => {
    const { contacts, requests } = setup()
    await exportInboxCsv(contacts).cancel()
    expect(requests()).toEqual([])
  })

  it('is sent again when it fails before it begins, and throws when it breaks off', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seedCsv(csv)
    vendor.faults.add({ status: 503 })
    expect(await bytesOf(exportInboxCsv(contacts))).toEqual(csv)
    expect(requests()).toHaveLength(2)
    vendor.faults.add({ cut: { afterBytes: 10 } })
    expect(await failure(bytesOf(exportInboxCsv(contacts)))).toMatchObject({ code: 'network' })
  })

  it('passes the caller’s abort through', async () => {
    const { contacts } = setup()
    const reason = new Error('left')
    const stream = exportInboxCsv(contacts, { signal: AbortSignal.abort(reason) })
    expect(await failure(stream.getReader().read())).toBe(reason)
  })

  it('ends at its deadline when nothing comes', async () => {
    const { contacts } = setup({ fetch: () => new Promise(() => {}) })
    const reader = exportInboxCsv(contacts, { deadlineMs: 1000 }).getReader()
    expect(await failure(reader.read())).toMatchObject({
      code: 'timeout',
      operation: 'exportCsv',
      applied: 'no',
    })
  })

  it('ends the request when it is left', async () => {
    const { contacts, vendor } = setup()
    vendor.seedCsv(csv)
    let signal: AbortSignal | null | undefined
    const watched = setup({
      fetch: (input, init) => {
        signal = init?.signal
        return vendor.fetch(input, init)
      },
    })
    vendor.faults.add({ chunkBytes: 3 })
    const reader = exportInboxCsv(watched.contacts).getReader()
    await reader.read()
    await reader.cancel()
    expect(signal?.aborted).toBe(true)
    expect(contacts.provider).toBe('channel-inbox')
  })
})

describe('exportCsv', () => {
  it('prints the inbox as it prints every provider', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ display_name: '=Ana', email: 'ana@example.com' }])
    const stream = exportCsv(contacts, { columns: ['name', 'email'] })
    expect(await new Response(stream.pipeThrough(new TextEncoderStream())).text()).toBe(
      "name,email\r\n'=Ana,ana@example.com\r\n",
    )
  })
})
