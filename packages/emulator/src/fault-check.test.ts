import { describe, expect, test } from 'vitest'
import { createEmulator, type Emulator } from './index.ts'

const emulator = createEmulator()
const { chatbotkit, cognipeer, channelInbox, contactMethods } = emulator
type Vendor = 'chatbotkit' | 'cognipeer' | 'channelInbox' | 'contactMethods'

/** Adds a fault as a program in JavaScript does, whatever the types say, and gives the refusal. */
function refusal(fault: unknown, vendor: Vendor = 'chatbotkit', at: Emulator = emulator): string {
  const { faults } = at[vendor]
  faults.clear()
  try {
    Reflect.apply(faults.add, undefined, [fault])
  } catch (error) {
    expect(faults.pending).toBe(0)
    return error instanceof Error ? error.message : 'no error'
  }
  expect(faults.pending).toBe(1)
  return 'taken'
}

describe('a member that there is not is refused by name', () => {
  test.each([
    ['stauts', { stauts: 503 }, 'chatbotkit has the unknown member "stauts". Did you mean "status"?'],
    ['retry_after', { retry_after: 3 }, 'Did you mean "retryAfter"?'],
    ['pth', { pth: '/list', status: 500 }, 'Did you mean "path"?'],
    ['in a position', { cut: { afterByte: 3 } }, 'in "cut", has the unknown member "afterByte"'],
    ['in a stall', { stall: { afterLine: 3 } }, 'in "stall", has the unknown member "afterLine"'],
    ['in malformed', { malformed: { at: 0, record: Object } }, 'in "malformed", has the unknown member "at"'],
    ['in lateError', { lateError: { after: 1 } }, 'Known are: afterItems, code, message.'],
    ['a text', 'status', 'A fault of chatbotkit is not an object'],
    ['null', null, 'A fault of chatbotkit is not an object'],
  ])('%s', (_, fault, message) => {
    expect(refusal(fault)).toContain(message)
  })

  test('another vendor’s own too', () => {
    expect(refusal({ errorObject: true })).toBe('taken')
    expect(refusal({ errorObject: true }, 'cognipeer')).toContain('A fault of cognipeer has the unknown')
    expect(refusal({ failure: true }, 'cognipeer')).toBe('taken')
    expect(refusal({ failure: true }, 'channelInbox')).toContain('A fault of channel-inbox has the unknown')
    expect(refusal({ stale: true }, 'contactMethods')).toContain('A fault of contact-methods has the unknown')
  })

  test('what is free stays free', () => {
    expect(refusal({ status: 500, headers: { 'x-any': '1' }, body: { any: { thing: 1 } } })).toBe('taken')
    expect(refusal({})).toBe('taken')
    expect(refusal({ status: undefined, path: undefined, times: undefined })).toBe('taken')
  })
})

test.each([
  [{ cut: 'aswer' }, 'has no place in "cut". Known are: "connect", "request", "answer", { afterBytes }'],
  [{ cut: {} }, 'has no place in "cut"'],
  [{ cut: { afterBytes: 1, afterLines: 1 } }, 'has no place in "cut"'],
  [{ stall: 'connect' }, 'has no place in "stall". Known are: "request", "answer"'],
  [{ times: 0 }, 'has 0 as "times", which is a whole number from 1, or Infinity.'],
  [{ times: Number.NaN }, 'has NaN as "times"'],
  [{ skip: -1 }, 'has -1 as "skip", which is a whole number from 0'],
  [{ skip: 1.5 }, 'has 1.5 as "skip"'],
  [{ status: 50 }, 'has 50 as "status", which is a whole number from 200 to 599.'],
  [{ status: '503' }, 'has 503 as "status"'],
  [{ status: 600 }, 'has 600 as "status"'],
])('a value that does nothing is refused: %o', (fault, message) => {
  expect(refusal(fault)).toContain(message)
})

describe('a route that there is not is refused', () => {
  test.each<[Vendor, string | undefined, string]>([
    ['chatbotkit', undefined, '/contact/list'],
    ['chatbotkit', 'POST', '/api/v1/contact/create'],
    ['chatbotkit', 'POST', '/v1/contact/create'],
    ['chatbotkit', undefined, 'fetch'],
    ['chatbotkit', undefined, ''],
    ['chatbotkit', 'GET', '/contact/c1/task/list'],
    ['chatbotkit', 'GET', 'act/c1/task/list'],
    ['chatbotkit', 'POST', '/s1/revoke'],
    ['chatbotkit', 'HEAD', '/contact/list'],
    ['chatbotkit', 'OPTIONS', '/contact/list'],
    ['cognipeer', 'PATCH', '/sdk/contact'],
    ['cognipeer', 'POST', '/v1/sdk/contact/list'],
    ['channelInbox', 'GET', '/'],
    ['channelInbox', 'DELETE', '/contacts/con_1/comment/msg_1'],
    ['channelInbox', 'GET', '/backend/v1/contacts/by-board-item/7'],
    ['channelInbox', 'PUT', '/con_1'],
    ['channelInbox', 'PUT', '/contact1'],
    ['channelInbox', 'PUT', '/ana'],
    ['contactMethods', 'PATCH', '/batch'],
    ['contactMethods', 'GET', '/metadata/client/seven'],
    ['contactMethods', 'GET', '/clients/c-1/contact-methods'],
  ])('%s has %s %s', (vendor, method, path) => {
    expect(refusal({ status: 500, path, ...(method !== undefined && { method }) }, vendor)).toBe('taken')
  })

  test.each<[Vendor, string | undefined, string, string]>([
    ['chatbotkit', undefined, '/contact/lst', 'Did you mean "/contact/list"?'],
    ['chatbotkit', undefined, '/creat', 'Did you mean "/create"?'],
    ['chatbotkit', undefined, '/contact/c1/tasks/list', 'Did you mean "/contact/c1/task/list"?'],
    ['chatbotkit', undefined, '/contact/list?take=2', 'Host and query are no part of a path.'],
    ['chatbotkit', undefined, 'https://api.chatbotkit.com/v1/contact/list', 'Host and query'],
    ['chatbotkit', undefined, '/contact/list/', 'Did you mean "/contact/list"?'],
    ['chatbotkit', undefined, '/v2/contact/list', 'the path of no route ends with it.'],
    ['chatbotkit', 'GET', '/contact/create', 'the path of no route for GET ends with it.'],
    ['cognipeer', undefined, '/contacts', 'Did you mean "/contact"?'],
    ['cognipeer', 'GET', '/sdk/contact/list', 'no route for GET'],
    ['channelInbox', undefined, '/contact', 'Did you mean "/contacts"?'],
    ['channelInbox', 'POST', '/contacts/con_1', 'no route for POST'],
    ['channelInbox', undefined, '/contacts/search', 'Did you mean "/contacts/_search"?'],
    ['contactMethods', undefined, '/contact-methods/lst', 'Did you mean "/contact-methods/list"?'],
    ['contactMethods', 'GET', '/contact-methods/list', 'no route for GET'],
    ['contactMethods', undefined, '/contact_methods/list', 'Did you mean "/contact-methods/list"?'],
  ])('%s has no %s %s', (vendor, method, path, message) => {
    expect(refusal({ status: 500, path, ...(method !== undefined && { method }) }, vendor)).toContain(message)
  })

  test('a method that no route has, or in lower case', () => {
    expect(refusal({ method: 'post', status: 500 })).toBe(
      'A fault of chatbotkit has the method "post", which no route has. Known are: GET, POST.',
    )
    expect(refusal({ method: 'DELETE', status: 500 }, 'cognipeer')).toContain('Known are: POST, GET, PATCH.')
    expect(refusal({ method: 'delete', status: 500 }, 'channelInbox')).toContain('"delete"')
  })

  test('an expression is not checked, and the prefix of Cognipeer’s paths counts', () => {
    expect(refusal({ path: /\/not-emulated$/, body: { items: [] } })).toBe('taken')
    const moved = createEmulator({ cognipeer: { prefix: '/api' } })
    expect(refusal({ path: '/api/sdk/contact' }, 'cognipeer', moved)).toBe('taken')
    expect(refusal({ path: '/v1/sdk/contact' }, 'cognipeer', moved)).toContain('no route')
  })

  test('every path of the inbox counts, also where another description is understood', () => {
    const web = createEmulator({ channelInbox: { requests: 'web' } })
    expect(refusal({ method: 'GET', path: '/contacts/c/comments' }, 'channelInbox', web)).toBe('taken')
  })
})

test('what a fault said that was taken happens', async () => {
  emulator.reset()
  chatbotkit.faults.add({ path: '/contact/list', status: 503 })
  const request = { headers: { authorization: 'Bearer sk-emulator' } }
  const url = 'https://api.chatbotkit.com/v1/contact/list'
  const statuses = [await chatbotkit.fetch(url, request), await chatbotkit.fetch(url, request)]
  expect(statuses.map(({ status }) => status)).toEqual([503, 200])
  expect([cognipeer, channelInbox, contactMethods].map(({ faults }) => faults.pending)).toEqual([0, 0, 0])
})
