import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildUrl, pathSegment } from './request.ts'
import { checkEndpoints, normalizeBaseUrl } from './settings.ts'
import { thrownError } from './testing/test-client.ts'

const context = { provider: 'acme', operation: 'get' }

describe('pathSegment', () => {
  test.each([
    ['con_1', 'con_1'],
    ['../x?y#z', '..%2Fx%3Fy%23z'],
    ['%2e%2e', '%252e%252e'],
    ['a b', 'a%20b'],
    ['日本', '%E6%97%A5%E6%9C%AC'],
    ['...', '...'],
    ['a\\b', 'a%5Cb'],
  ])('%j becomes %j', (id, escaped) => {
    expect(pathSegment(id)).toBe(escaped)
  })

  test.each(['', ' ', '\n\t', '.', '..', 'x\ud800', '\udc00'])('refuses %j', (id) => {
    expect(thrownError(() => pathSegment(id))).toMatchObject({ code: 'invalid_input' })
  })

  test('stays one segment, and comes back unescaped, for every id that it takes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', '?', '#', ' ', '\t', ':', '@') }),
        ),
        (id) => {
          fc.pre(id.trim() !== '' && id !== '.' && id !== '..')
          const segments = new URL(`https://h.test/v1/${pathSegment(id)}/end`).pathname.split('/')
          expect(segments).toHaveLength(4)
          expect(decodeURIComponent(segments[2] ?? '')).toBe(id)
        },
      ),
    )
  })
})

describe('normalizeBaseUrl', () => {
  test.each([
    ['https://api.test', 'https://api.test'],
    ['https://api.test/', 'https://api.test'],
    ['http://127.0.0.1:8080/v1//', 'http://127.0.0.1:8080/v1'],
    [new URL('https://api.test/a/b/'), 'https://api.test/a/b'],
  ])('%s', (given, base) => {
    expect(normalizeBaseUrl(given, context)).toBe(base)
  })

  test.each([
    '',
    'api.test/v1',
    '/v1',
    'ftp://api.test',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:hunter2@api.test',
    'https://api.test/?key=hunter2',
    'https://api.test/#hunter2',
    'https://{id}.api.test',
  ])('refuses %j without quoting it', (given) => {
    const error = thrownError(() => normalizeBaseUrl(given, context))
    expect(error).toMatchObject({ code: 'config', provider: 'acme' })
    expect(error.message).toContain('baseUrl')
    expect(error.message).not.toContain('hunter2')
  })
})

describe('checkEndpoints', () => {
  test.each(['/v2/contacts', 'contacts/{id}', 'https://other.test/contacts/{id}', '/contacts?version=2'])(
    'takes %j',
    (path) => {
      expect(() => checkEndpoints({ get: path }, context)).not.toThrow()
    },
  )

  test.each([
    '',
    ' ',
    'ftp://x/',
    'javascript:x',
    'https://{id}.test/',
    'https://a:b@h/',
    '/x#y',
    'http:{id}',
  ])('refuses %j', (path) => {
    expect(thrownError(() => checkEndpoints({ get: path }, context))).toMatchObject({ code: 'config' })
  })
})

describe('buildUrl', () => {
  const build = (
    request: Parameters<typeof buildUrl>[1],
    endpoints: Readonly<Record<string, string>> = {},
  ): string => buildUrl('https://api.test/v1', request, endpoints, context).href

  test('puts base URL, path, parameters and query together', () => {
    expect(
      build({
        path: '/contacts/{id}/files/{file}',
        params: { id: '../x?y#z', file: 'a b' },
        query: { q: 'a b&c=d', tag: ['x', 'y'], n: 0, off: false, none: undefined, nil: null, empty: '' },
      }),
    ).toBe(
      'https://api.test/v1/contacts/..%2Fx%3Fy%23z/files/a%20b?q=a%20b%26c%3Dd&tag=x&tag=y&n=0&off=false&empty=',
    )
  })

  test('leaves the query out when it is empty', () => {
    expect(build({ path: 'contacts', query: { tags: [], none: undefined } })).toBe(
      'https://api.test/v1/contacts',
    )
  })

  test('takes an override by route name, as a path or as a URL, with a query of its own', () => {
    const request = { path: '/contacts/{id}', route: 'get', params: { id: 'c/1' }, query: { a: '1' } }
    expect(build(request, { get: '/people/{id}' })).toBe('https://api.test/v1/people/c%2F1?a=1')
    expect(build(request, { get: 'https://other.test/p/{id}?v=2' })).toBe(
      'https://other.test/p/c%2F1?v=2&a=1',
    )
    expect(build(request, { list: '/people' })).toBe('https://api.test/v1/contacts/c%2F1?a=1')
  })

  test('does not take a route named like a member of Object for an override', () => {
    expect(build({ path: '/contacts', route: 'constructor' })).toBe('https://api.test/v1/contacts')
  })

  test('an id cannot turn a path into a URL of its own', () => {
    expect(build({ path: '{id}:x', params: { id: 'http' } })).toBe('https://api.test/v1/http:x')
  })

  test.each([
    ['names a parameter that the route has not', '/people/{id}/{nope}'],
    ['leaves out the id, so that another record would be hit', '/people'],
  ])('an override that %s is config', (_, path) => {
    const request = { path: '/contacts/{id}', route: 'get', params: { id: 'c1' } }
    expect(thrownError(() => build(request, { get: path }))).toMatchObject({
      code: 'config',
      operation: 'get',
    })
  })

  test.each(['/contacts#top', '/contacts/{id}#top'])('a path with a fragment is config: %s', (path) => {
    const params = path.includes('{id}') ? { id: 'c#1' } : {}
    expect(thrownError(() => build({ path, params }))).toMatchObject({ code: 'config' })
    expect(build({ path: '/c/{id}', params: { id: 'c#1' } })).toBe('https://api.test/v1/c/c%231')
  })

  test('a path that is a URL of its own must be one that could be given as an option', () => {
    expect(build({ path: 'https://files.test/x', query: { a: 1 } })).toBe('https://files.test/x?a=1')
    expect(thrownError(() => build({ path: 'https://a:b@files.test/x' }))).toMatchObject({ code: 'config' })
    expect(thrownError(() => build({ path: 'file:///etc/passwd' }))).toMatchObject({ code: 'config' })
  })

  test.each(['..', '.', ' ', '\ud800'])('a parameter %j is invalid_input', (id) => {
    expect(thrownError(() => build({ path: '/c/{id}', params: { id } }))).toMatchObject({
      code: 'invalid_input',
      provider: 'acme',
    })
  })

  test.each([
    ['half a surrogate pair', '\ud83d'],
    ['what has no form as text', Object.create(null)],
    ['a symbol', Symbol('x')],
    ['an object', { a: 1 }],
    ['a function', () => 'x'],
    ['what throws when it is made text', { toString: () => Object.create(null) }],
  ])('%s in the query is invalid_input', (_, q) => {
    expect(thrownError(() => build({ path: '/c', query: { q } }))).toMatchObject({ code: 'invalid_input' })
  })
})
