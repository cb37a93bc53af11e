import { describe, expect, it } from 'vitest'
import { failure, first, setup } from '../testing/setup.ts'

describe('comments.create', () => {
  it.each(['sdk', 'web', 'spec'] as const)(
    'sends the text as content, and gives the comment, in the dialect %s',
    async (dialect) => {
      const { contacts, vendor, requests } = setup({ dialect }, { requests: dialect })
      const { id } = first(vendor.seed([{ email: 'ana@example.com' }]))
      const comment = await contacts.comments.create(
        { email: 'ana@example.com' },
        { text: 'Called back: “yes”\n' },
        { scan: true },
      )
      expect(vendor.requests[1]?.json).toEqual({ content: 'Called back: “yes”\n' })
      expect(requests().slice(1)).toEqual(['POST /contacts/{id}/comments'])
      expect(comment).toMatchObject({
        provider: 'channel-inbox',
        id: expect.stringMatching(/^msg_/),
        contactId: id,
        text: 'Called back: “yes”\n',
        authorId: 'u_emulator',
        createdAt: expect.any(String),
      })
      expect(await contacts.comments.list(id).toArray()).toEqual([comment])
    },
  )

  it('reads the comment where it is in an array, as one comment by its id is', async () => {
    const { contacts, vendor } = setup()
    const { id } = first(vendor.seed([{}]))
    vendor.faults.add({ method: 'POST', rewrite: (comment) => ({ data: [comment] }) })
    expect(await contacts.comments.create(id, { text: 'Hi' })).toMatchObject({ text: 'Hi', contactId: id })
  })

  it('on a contact that is not there is not_found, under 400 too', async () => {
    for (const notFoundStatus of [400, 404] as const) {
      const { contacts } = setup({}, { notFoundStatus })
      for (const run of [
        () => contacts.comments.create('con_none', { text: 'Hi' }),
        () => contacts.comments.delete('con_none', 'msg_1'),
      ]) {
        expect(await failure(run())).toMatchObject({
          code: 'not_found',
          status: notFoundStatus,
          applied: 'no',
        })
      }
    }
  })

  it('refuses an answer about another contact', async () => {
    const { contacts, vendor } = setup()
    const { id } = first(vendor.seed([{}]))
    vendor.faults.add({ method: 'POST', rewrite: () => ({ _id: 'msg_1', text: 'Hi', contact_id: 'con_2' }) })
    expect(await failure(contacts.comments.create(id, { text: 'Hi' }))).toMatchObject({
      code: 'bad_response',
      operation: 'comments.create',
    })
  })
})

describe('comments.delete', () => {
  it('names the contact and the comment, in the path of one comment', async () => {
    const { contacts, vendor, requests } = setup()
    const { id } = first(vendor.seed([{}]))
    const { _id } = first(vendor.seedComments(id, [{ _id: 'a/b' }]))
    await contacts.comments.delete(id, _id)
    expect(requests()).toEqual(['DELETE /contacts/{id}/comment/a%2Fb'])
    expect(await contacts.comments.list(id).toArray()).toEqual([])
  })
})
