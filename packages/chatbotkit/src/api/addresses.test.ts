import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup, recorder } from '../testing/api-setup.ts'
import { ContactClient } from './contact-client.ts'

describe('where requests go', () => {
  it('goes to the vendor, without /api there', async () => {
    const { calls, fetch } = recorder()
    await new ContactClient({ secret: 'sk-1', fetch }).list()
    expect(calls[0]?.url).toBe('https://api.chatbotkit.com/v1/contact/list')
  })

  it.each([
    [{ baseUrl: 'http://127.0.0.1:3000' }, 'http://127.0.0.1:3000/api'],
    [{ baseUrl: new URL('https://proxy.example/some/path/') }, 'https://proxy.example/some/path/api'],
    [{ baseUrl: 'https://eu.api.chatbotkit.com' }, 'https://eu.api.chatbotkit.com/api'],
    [{ host: 'proxy.example:8443' }, 'https://proxy.example:8443/api'],
    [{ host: 'api.chatbotkit.com:444' }, 'https://api.chatbotkit.com:444'],
    [{ baseUrl: 'http://a.example:81/kept', host: 'b.example' }, 'http://b.example/kept/api'],
    [{ baseUrl: 'https://api.chatbotkit.com/v1' }, 'https://api.chatbotkit.com'],
    [{ baseUrl: new URL('https://api.chatbotkit.com/api/v1/') }, 'https://api.chatbotkit.com'],
    [{ baseUrl: 'https://a.example/x', host: 'api.chatbotkit.com' }, 'https://api.chatbotkit.com'],
    [{ protocol: 'http:' as const }, 'http://api.chatbotkit.com'],
    [{ host: 'b.example:443', protocol: 'http:' as const }, 'http://b.example:443/api'],
    [{ baseUrl: 'https://a.example', host: '[::1]:8080' }, 'https://[::1]:8080/api'],
  ])('goes by %o to %s', async (options, expected) => {
    const { calls, fetch } = recorder()
    const client = new ContactClient({ secret: 'sk-1', fetch, ...options })
    await client.list()
    await client.clientFetch('/api/v1/contact/list')
    expect(calls.map(({ url }) => url)).toEqual(Array(2).fill(`${expected}/v1/contact/list`))
  })

  it.each([
    { baseUrl: 'nonsense' },
    { baseUrl: 'ftp://a.example' },
    { baseUrl: 'https://user:word@a.example' },
    { baseUrl: 'https://a.example/path?query' },
    { baseUrl: 'https://a.example/#fragment' },
    { host: 'a b' },
    { host: 'a.example/path' },
    { host: 'a.example/' },
    { host: 'user@a.example' },
    { host: 'a.example?x' },
    { protocol: 'ftp:' as 'http:' },
  ])('refuses %o at once', (options) => {
    expect(() => new ContactClient({ secret: 'sk-1', ...options })).toThrow(
      expect.objectContaining({ code: 'config' }),
    )
  })

  it('goes to the override of an endpoint, ids in their place', async () => {
    const { calls, fetch } = recorder()
    const endpoints = {
      '/api/v1/contact/list': '/crm/contacts',
      listContactTasks: 'https://tasks.example/of/{contactId}',
    }
    const client = new ContactClient({ secret: 'sk-1', fetch, endpoints })
    await client.list({ take: 1 })
    await client.task.list('a/b')
    expect(calls.map(({ url }) => url)).toEqual([
      'https://api.chatbotkit.com/crm/contacts?take=1',
      'https://tasks.example/of/a%2Fb',
    ])
  })

  it.each([
    ['by endpoint key', { fetchContact: '/crm/{contactId}' }],
    ['by path', { '/api/v1/contact/{contactId}/fetch': '/crm/{contactId}' }],
    [
      'by endpoint key before path',
      { '/api/v1/contact/{contactId}/fetch': '/other/{contactId}', fetchContact: '/crm/{contactId}' },
    ],
    ['without the leading /api at the vendor', { fetchContact: '/api/crm/{contactId}' }],
  ])('takes an override %s', async (_, endpoints) => {
    const { calls, fetch } = recorder()
    await failure(new ContactClient({ secret: 'sk-1', fetch, endpoints }).fetch('c1'))
    expect(calls.map(({ url }) => url)).toEqual(['https://api.chatbotkit.com/crm/c1'])
  })

  it('refuses an override that leaves the id out', async () => {
    const { client } = apiSetup({ endpoints: { fetchContact: '/crm/contact' } })
    expect(await failure(client.fetch('c1'))).toMatchObject({ code: 'config' })
  })

  it.each(['../x?y#z', 'a/b', 'a b', '100%', '{contactId}', 'é🦊', '%2e%2e'])(
    'sends the id %s as one segment',
    async (id) => {
      const { client, vendor } = apiSetup()
      expect(await failure(client.fetch(id))).toMatchObject({ code: 'not_found' })
      expect(vendor.requests[0]?.path).toBe(`/v1/contact/${encodeURIComponent(id)}/fetch`)
    },
  )

  it.each(['', '  ', '.', '..'])('sends nothing for the id %j', async (id) => {
    const { client, vendor } = apiSetup()
    expect(await failure(client.fetch(id))).toMatchObject({ code: 'invalid_input' })
    expect(vendor.requests).toHaveLength(0)
  })
})

describe('where a call by hand goes', () => {
  it.each([
    ['/x/{y}?q={z}', '/x/%7By%7D?q=%7Bz%7D'],
    ['/x#y', '/x'],
    ['x', '/x'],
    ['/apish/x', '/apish/x'],
    ['https://api.chatbotkit.com/api/v1/x', '/v1/x'],
  ])('%s', async (path, expected) => {
    const { calls, fetch } = recorder()
    await new ContactClient({ secret: 'sk-1', fetch }).clientFetch(path)
    expect(calls.map(({ url }) => url)).toEqual([`https://api.chatbotkit.com${expected}`])
  })

  it('trusts another origin where it is configured', async () => {
    const { calls, fetch } = recorder()
    const endpoints = { upload: 'https://files.example/upload' }
    await new ContactClient({ secret: 'sk-1', fetch, endpoints }).clientFetch('/x', { endpoint: 'upload' })
    expect(calls).toMatchObject([
      { url: 'https://files.example/upload', headers: { authorization: 'Bearer sk-1' } },
    ])
  })

  it('does not take an inherited member for an override', async () => {
    const { calls, fetch } = recorder()
    await new ContactClient({ secret: 'sk-1', fetch }).clientFetch('/x', { endpoint: 'constructor' })
    expect(calls.map(({ url }) => url)).toEqual(['https://api.chatbotkit.com/x'])
  })

  it.each(['javascript:alert(1)', 'http://'])('refuses %s', async (path) => {
    const { calls, fetch } = recorder()
    const call = new ContactClient({ secret: 'sk-1', fetch }).clientFetch(path)
    expect(await failure(call)).toMatchObject({ code: 'invalid_input' })
    expect(calls).toEqual([])
  })
})
