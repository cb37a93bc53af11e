import { STATUS_CODES } from 'node:http'
import { expect, test } from 'vitest'
import { reasonPhrase } from './reason-phrase.ts'

test('the words are those of a socket', () => {
  const statuses = [
    200, 304, 400, 401, 402, 403, 404, 405, 408, 409, 413, 422, 425, 429, 500, 501, 502, 503, 504,
  ]
  expect(statuses.map(reasonPhrase)).toEqual(statuses.map((status) => STATUS_CODES[status]))
  expect(reasonPhrase(599)).toBe('')
})
