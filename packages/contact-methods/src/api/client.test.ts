import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup } from '../testing/api-setup.ts'
import { ComplianceSDK } from './client.ts'
import { endpoints } from './endpoints.ts'

const email = { clientId: 'c', type: 'email', value: 'juan@example.com' } as const

describe('ComplianceSDK', () => {
  it('sends the key and the environment, as strings or functions', async () => {
    const { sdk, vendor } = apiSetup({ apiKey: async () => 'artu-emulator', environment: () => 'live' })
    await sdk.contactMethods.create(email)
    expect(vendor.contactMethodsOf('live')).toHaveLength(1)
    expect(vendor.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer artu-emulator',
      'x-environment': 'live',
      'content-type': 'application/json',
    })
  })

  it.each([
    [{ apiKey: '' }],
    [{ apiKey: undefined as unknown as string }],
    [{ environment: '' as 'test' }],
    [{ environment: 'production' as 'test' }],
    [{ environment: undefined as unknown as 'test' }],
    [{ baseUrl: 'ftp://x' }],
  ])('%o is config, before any request', (options) => {
    const make = () => new ComplianceSDK({ apiKey: 'k', environment: 'test', ...options })
    expect(make).toThrow(expect.objectContaining({ code: 'config', provider: 'contact-methods' }))
  })

  it('says what to do with a method that was taken off its object', async () => {
    const { sdk, vendor } = apiSetup()
    const { retrieve, delete: remove, createMany } = sdk.contactMethods
    for (const done of [retrieve('a'), remove('a'), createMany([])]) {
      expect(await failure(done)).toMatchObject({
        code: 'config',
        message: expect.stringContaining('Call the methods on the `contactMethods`'),
      })
    }
    expect(vendor.requests).toEqual([])
  })

  it('tells a function that gives no environment', async () => {
    const { sdk } = apiSetup({ environment: async () => 'production' as 'test' })
    expect(await failure(sdk.contactMethods.list())).toMatchObject({ code: 'config' })
  })

  it('lets every route be replaced, by its name', async () => {
    const sent: string[] = []
    const paths = Object.entries(endpoints).map(([name, { path }]) => [
      name,
      `/v9${path.replace('contact-methods', 'cm')}`,
    ])
    const { sdk } = apiSetup({
      endpoints: Object.fromEntries(paths),
      retry: false,
      fetch: async (url, init) => {
        sent.push(`${init?.method} ${new URL(String(url)).pathname}`)
        return new Response('{}', { status: 418, headers: { 'content-type': 'application/json' } })
      },
    })
    const { contactMethods } = sdk
    const calls = [
      contactMethods.create(email),
      contactMethods.retrieve('i'),
      contactMethods.retrieveByExternalId('e/1'),
      contactMethods.retrieveByMetadata('k', 'v v'),
      contactMethods.list(),
      contactMethods.listByClient('c'),
      contactMethods.update('i', {}),
      contactMethods.delete('i'),
      contactMethods.getPrimary('c', 'email'),
      contactMethods.createMany([email]),
      contactMethods.updateMany([{ id: 'i', data: {} }]),
      contactMethods.upsertByExternalId('e', email),
      contactMethods.upsertManyByExternalId([{ ...email, externalId: 'e' }]),
      contactMethods.sync('c', []),
    ]
    await Promise.allSettled(calls)
    expect(sent).toEqual([
      'POST /v9/cm',
      'GET /v9/cm/i',
      'GET /v9/cm/external/e%2F1',
      'GET /v9/cm/metadata/k/v%20v',
      'POST /v9/cm/list',
      'GET /v9/clients/c/cm',
      'PATCH /v9/cm/i',
      'DELETE /v9/cm/i',
      'GET /v9/clients/c/cm/primary/email',
      'POST /v9/cm/batch',
      'PATCH /v9/cm/batch',
      'PUT /v9/cm/external/e',
      'PUT /v9/cm/batch/external',
      'POST /v9/clients/c/cm/sync',
    ])
    expect(sent).toHaveLength(Object.keys(endpoints).length)
  })
})
