import { expect, test } from 'vitest'
import { jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, testClient } from './testing/test-client.ts'

test('an error about an upload does not repeat the name of its file, nor its other fields', async () => {
  const message = 'The file passport-ana.png of hunter2-owner is too large'
  const { http } = testClient([jsonAnswer({ message }, { status: 413 })], {
    classify: ({ json }) => ({ message: Object(json).message }),
  })
  const body = new FormData()
  body.append('file', new Blob(['x']), 'passport-ana.png')
  body.append('owner', 'hunter2-owner')
  const error = await contactsError(http.json({ method: 'POST', path: '/files', body }))
  expect(error.message).toContain('is too large')
  expect(error.message).not.toMatch(/passport|hunter2/)
})
