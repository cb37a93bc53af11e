import { describe, expect, it } from 'vitest'
import { originOf, targetOf } from './url.ts'

const vendor = { origin: 'https://api.chatbotkit.com' }
const local = { origin: 'http://127.0.0.1:3000' }
const fetchPath = '/api/v1/contact/{contactId}/fetch'

describe('originOf', () => {
  it.each([
    [{}, 'https://api.chatbotkit.com'],
    [{ baseUrl: 'http://127.0.0.1:3000' }, 'http://127.0.0.1:3000'],
    [{ baseUrl: new URL('https://proxy.example/some/path?x=1') }, 'https://proxy.example'],
    [{ host: 'proxy.example:8443' }, 'https://proxy.example:8443'],
    [{ baseUrl: 'http://a.example:81', host: 'b.example' }, 'http://b.example'],
    [{ protocol: 'http:' as const }, 'http://api.chatbotkit.com'],
    [{ host: 'b.example:443', protocol: 'http:' as const }, 'http://b.example:443'],
    [{ baseUrl: 'https://a.example', host: '[::1]:8080' }, 'https://[::1]:8080'],
  ])('%o is %s', (options, origin) => {
    expect(originOf(options)).toBe(origin)
  })

  it.each([
    [{ baseUrl: 'nonsense' }],
    [{ baseUrl: 'ftp://a.example' }],
    [{ baseUrl: 'https://user:word@a.example' }],
    [{ host: 'a b' }],
    [{ host: 'a.example/path' }],
    [{ host: 'a.example/' }],
    [{ host: 'user@a.example' }],
    [{ host: 'a.example?x' }],
    [{ protocol: 'ftp:' as 'http:' }],
  ])('%o is a config error', (options) => {
    expect(() => originOf(options)).toThrow(expect.objectContaining({ code: 'config' }))
  })
})

describe('targetOf', () => {
  it('drops /api on the host of the vendor alone', () => {
    const url = (settings: typeof vendor): string =>
      targetOf(fetchPath, undefined, ['contactId'], settings).url
    expect(url(vendor)).toBe('https://api.chatbotkit.com/v1/contact/{contactId}/fetch')
    expect(url(local)).toBe('http://127.0.0.1:3000/api/v1/contact/{contactId}/fetch')
    expect(url({ origin: 'https://eu.api.chatbotkit.com' })).toContain('/api/v1/')
    expect(targetOf('/apish/x', undefined, [], vendor).url).toBe('https://api.chatbotkit.com/apish/x')
  })

  it.each([
    ['by endpoint key', { fetchContact: '/crm/{contactId}' }],
    ['by path', { [fetchPath]: '/crm/{contactId}' }],
    ['by endpoint key before path', { [fetchPath]: '/other', fetchContact: '/crm/{contactId}' }],
  ])('takes an override %s', (_, endpoints) => {
    const target = targetOf(fetchPath, 'fetchContact', ['contactId'], { ...local, endpoints })
    expect(target).toEqual({ url: 'http://127.0.0.1:3000/crm/{contactId}', trusted: true })
  })

  it('trusts another origin only where it is configured', () => {
    const endpoints = { upload: 'https://files.example/upload' }
    expect(targetOf('/x', 'upload', [], { ...local, endpoints }).trusted).toBe(true)
    expect(targetOf('https://files.example/upload', undefined, [], local).trusted).toBe(false)
    expect(targetOf('//files.example/upload', undefined, [], local).trusted).toBe(false)
    expect(targetOf('http://127.0.0.1:3000/x', undefined, [], local).trusted).toBe(true)
  })

  it('leaves a fragment out, which is not sent', () => {
    expect(targetOf('/x#y', undefined, [], local).url).toBe('http://127.0.0.1:3000/x')
  })

  it('leaves braces that are no parameter to the server, escaped', () => {
    expect(targetOf('/x/{y}?q={z}', undefined, [], local).url).toBe(
      'http://127.0.0.1:3000/x/%7By%7D?q=%7Bz%7D',
    )
  })

  it('does not take an inherited member for an override', () => {
    expect(targetOf('/x', 'constructor', [], { ...local, endpoints: {} }).url).toBe('http://127.0.0.1:3000/x')
  })

  it.each(['javascript:alert(1)', 'http://'])('refuses %s', (path) => {
    expect(() => targetOf(path, undefined, [], local)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })
})
