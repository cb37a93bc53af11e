import { expect, test } from 'vitest'
import { setUp } from './testing.ts'

function withContact(...options: Parameters<typeof setUp>) {
  const made = setUp(...options)
  return { ...made, id: made.inbox.seed([{}])[0]?.id ?? '' }
}

test('a comment is created from its content, and is then listed at both paths', async () => {
  const { call, id } = withContact()
  const { status, json } = await call('POST', `/contacts/${id}/comments`, { content: 'Called back' })
  expect([status, json]).toEqual([
    200,
    expect.objectContaining({
      _id: expect.stringMatching(/^msg_/),
      text: 'Called back',
      contact_id: id,
      created_at: '2026-01-01T00:00:00.000Z',
    }),
  ])
  expect((await call('GET', `/contacts/${id}/comments`)).json).toEqual([json])
  expect((await call('GET', `/contacts/${id}/message_comments`)).json).toEqual([json])
})

test.each([undefined, {}, { content: '' }, { content: 5 }, { text: 'x' }])(
  'content is required: %o',
  async (body) => {
    const { call, id } = withContact()
    const { status, json } = await call('POST', `/contacts/${id}/comments`, body)
    expect([status, json.code]).toEqual([400, 40_000])
  },
)

test('one comment by its id is an object with data', async () => {
  const { call, inbox, id } = withContact()
  const [, second] = inbox.seedComments(id, [{ text: 'a' }, { text: 'b' }])
  const { status, json } = await call('GET', `/contacts/${id}/comment/${second?._id}`)
  expect([status, json]).toEqual([200, { data: [second] }])
})

test('a deleted comment is gone, and the others stay', async () => {
  const { call, inbox, id } = withContact({ deleteAnswer: 'record' })
  const [first, second] = inbox.seedComments(id, [{ text: 'a' }, { text: 'b' }])
  expect(await call('DELETE', `/contacts/${id}/comment/${first?._id}`)).toMatchObject({
    status: 200,
    json: first,
  })
  expect((await call('GET', `/contacts/${id}/comments`)).json).toEqual([second])
  for (const method of ['GET', 'DELETE']) {
    expect((await call(method, `/contacts/${id}/comment/${first?._id}`)).status).toBe(404)
  }
})

test('a comment of somebody else is not found', async () => {
  const { call, inbox, id } = withContact()
  const other = inbox.seed([{}])[0]?.id ?? ''
  const [comment] = inbox.seedComments(other, [{}])
  expect((await call('GET', `/contacts/${id}/comment/${comment?._id}`)).status).toBe(404)
  expect((await call('DELETE', `/contacts/${id}/comment/${comment?._id}`)).status).toBe(404)
  expect((await call('GET', `/contacts/${other}/comment/${comment?._id}`)).status).toBe(200)
})
