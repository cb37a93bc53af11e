import { describe, expect, it } from 'vitest'
import { apiSetup, failure } from '../testing/setup.ts'
import { ApiError, createImbraceClient, ImbraceClient } from './index.ts'

describe('init', () => {
  it('asks the gateway’s root once, with the credential, where checkHealth is set', async () => {
    const { client, vendor } = apiSetup({ checkHealth: true, baseUrl: 'https://gateway.test/base' })
    const sent: string[] = []
    const { client: elsewhere } = apiSetup({
      checkHealth: true,
      services: { gateway: 'https://health.test', channelService: 'https://inbox.test/channel-service' },
      fetch: (url, init) => {
        sent.push(`${init?.method} ${url}`)
        return Promise.resolve(Response.json({ status: 'ok' }))
      },
    })
    await elsewhere.init()
    await elsewhere.init()
    expect(sent).toEqual(['GET https://health.test/'])
    vendor.faults.add({ status: 200, body: { status: 'ok' } })
    await Promise.all([client.init(), client.init()])
    expect(await client.init()).toBeUndefined()
    expect(vendor.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://gateway.test/base/',
    ])
    expect(vendor.requests[0]?.headers).toHaveProperty('x-api-key')
  })

  it('asks nothing otherwise', async () => {
    const { client, vendor } = apiSetup()
    await client.init()
    expect(vendor.requests).toEqual([])
  })

  it('throws what is wrong, and asks again the next time', async () => {
    const { client, vendor } = apiSetup({ checkHealth: true, retry: false })
    vendor.faults.add({ status: 503 })
    expect(await failure(client.init())).toMatchObject({ statusCode: 503, operation: 'init' })
    vendor.faults.add({ status: 404 })
    expect(await failure(client.init())).toBeInstanceOf(ApiError)
    vendor.faults.add({ html: true, status: 200 })
    expect(await failure(client.init())).toMatchObject({ code: 'bad_response' })
    await client.init()
    expect(vendor.requests).toHaveLength(4)
  })
})

describe('the constructor', () => {
  it('takes empty text for no base URL', async () => {
    const { client, vendor } = apiSetup({ baseUrl: '', env: 'sandbox' })
    await client.contacts.list({ limit: 1 })
    expect(vendor.requests.map(({ url }) => new URL(url).origin)).toEqual([
      'https://app-gateway.sandbox.imbrace.co',
    ])
  })

  it.each([undefined, null, {}])('takes %o', (config) => {
    expect(new ImbraceClient(config as never)).toBeInstanceOf(ImbraceClient)
    expect(createImbraceClient(config as never)).toBeInstanceOf(ImbraceClient)
  })

  it.each([5, 'x', true, []])('refuses %o', (config) => {
    expect(() => new ImbraceClient(config as never)).toThrow(expect.objectContaining({ code: 'config' }))
  })

  it.each([
    ['services.gateway', { services: { gateway: 'https://x.test/?a=1' } }],
    ['services', { services: { channelService: 5 } }],
    ['services', { services: 5 }],
  ])('names %s that cannot work', (name, config) => {
    expect(() => new ImbraceClient(config as never)).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining(name) }),
    )
  })

  it('takes addresses of services that contacts have nothing to do with', async () => {
    const { client, vendor } = apiSetup({ services: { ips: 'https://ips.test', dataBoard: '' } })
    await client.contacts.list()
    expect(vendor.requests).toHaveLength(1)
  })
})
