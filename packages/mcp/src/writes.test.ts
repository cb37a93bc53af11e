import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { connect } from './testing/connect.ts'
import { ANA, withAna } from './testing/with-ana.ts'

describe('writes', () => {
  it('are not there unless they are asked for', async () => {
    const { client } = await connect(memory())
    const { tools } = await client.listTools()
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([])
    expect(tools.some(({ name }) => name.includes('preview') || name.includes('apply'))).toBe(false)
  })

  it('say what they are', async () => {
    const { client } = await withAna()
    const { tools } = await client.listTools()
    const hints = tools
      .filter(({ name }) => /^(preview|apply)_/.test(name))
      .map(({ name, annotations: { readOnlyHint, destructiveHint, idempotentHint } = {} }) => [
        name,
        readOnlyHint,
        destructiveHint,
        idempotentHint,
      ])
    expect(hints).toEqual([
      ['preview_create_contact', true, undefined, undefined],
      ['apply_create_contact', false, false, true],
      ['preview_update_contact', true, undefined, undefined],
      ['apply_update_contact', false, true, true],
      ['preview_delete_contact', true, undefined, undefined],
      ['apply_delete_contact', false, true, true],
    ])
  })

  it('show what would change, and then change that and nothing else', async () => {
    const { call, contacts, ana, update } = await withAna()
    const preview = await call('preview_update_contact', update)
    expect(preview.rows).toEqual([
      { id: ana.id, externalId: 'u1', name: 'Ana Souza', email: 'ana@x.test' },
      { field: 'email', before: 'ana@x.test', after: 'ana@new.test' },
      { field: 'customFields.plan', before: 'free', after: 'pro' },
    ])
    expect(await contacts.get(ana.id)).toEqual(ana)
    const applied = await call('apply_update_contact', { ...update, token: preview.said.token })
    expect(applied).toMatchObject({ isError: false, said: { done: 'updated' } })
    expect(await contacts.get(ana.id)).toMatchObject({
      name: 'Ana Souza',
      email: 'ana@new.test',
      customFields: { plan: 'pro', since: 3 },
    })
  })

  it('take a token once', async () => {
    const { call, contacts, ana, update } = await withAna()
    const { said } = await call('preview_update_contact', update)
    const apply = { ...update, token: said.token }
    const answers = await Promise.all([
      call('apply_update_contact', apply),
      call('apply_update_contact', apply),
    ])
    expect(answers.map(({ isError }) => isError).sort()).toEqual([false, true])
    await contacts.update(ana.id, { email: 'ana@x.test' })
    expect((await call('apply_update_contact', apply)).said.error).toBe('unknown_token')
    expect((await contacts.get(ana.id)).email).toBe('ana@x.test')
  })

  it('take no token that is too old, and none of other arguments or another tool', async () => {
    const { call, contacts, ana, update, wait } = await withAna(1000)
    const first = await call('preview_update_contact', update)
    const other = { ...update, changes: { ...update.changes, email: 'eve@x.test' }, token: first.said.token }
    expect((await call('apply_update_contact', other)).said.error).toBe('other_arguments')
    const deletion = { by: 'id', value: ana.id, token: first.said.token }
    expect((await call('apply_delete_contact', deletion)).said.error).toBe('other_arguments')
    wait(1000)
    const late = { ...update, token: first.said.token }
    expect((await call('apply_update_contact', late)).said.error).toBe('expired_token')
    wait(-1000)
    expect((await call('apply_update_contact', late)).said.error).toBe('unknown_token')
    expect((await call('apply_update_contact', { ...update, token: 'made up' })).said.error).toBe(
      'unknown_token',
    )
    expect(await contacts.get(ana.id)).toEqual(ana)
  })

  it('are refused with the difference when anything in the contact has changed since', async () => {
    const { call, contacts, ana, update } = await withAna()
    const { said } = await call('preview_update_contact', update)
    await contacts.update(ana.id, { note: 'moved' })
    const refused = await call('apply_update_contact', { ...update, token: said.token })
    expect(refused).toMatchObject({ isError: true, said: { error: 'changed_since_preview' } })
    expect(refused.rows).toContainEqual({ field: 'note', before: null, after: 'moved' })
    expect((await contacts.get(ana.id)).email).toBe('ana@x.test')
    expect((await call('apply_update_contact', { ...update, token: said.token })).said.error).toBe(
      'unknown_token',
    )
  })

  it("are refused when the contact is gone, or the key that named it is another one's", async () => {
    const { call, contacts, ana, update } = await withAna()
    const byKey = { ...update, by: 'externalId', value: 'u1' }
    const [one, two] = [
      await call('preview_update_contact', update),
      await call('preview_update_contact', byKey),
    ]
    await contacts.delete(ana.id)
    const bea = await contacts.create({ ...ANA, name: 'Bea' })
    expect(await call('apply_update_contact', { ...byKey, token: two.said.token })).toMatchObject({
      said: { error: 'changed_since_preview' },
    })
    const gone = await call('apply_update_contact', { ...update, token: one.said.token })
    expect(gone.said.error).toBe('changed_since_preview')
    expect(await contacts.get(bea.id)).toEqual(bea)
  })

  it('of two previews of one state let only the first be made', async () => {
    const { call, contacts, ana } = await withAna()
    const base = { by: 'id', value: ana.id }
    const changes = [{ note: 'one' }, { nickname: 'two' }]
    const tokens = await Promise.all(
      changes.map(
        async (change) => (await call('preview_update_contact', { ...base, changes: change })).said.token,
      ),
    )
    const answers = await Promise.all(
      changes.map((change, at) =>
        call('apply_update_contact', { ...base, changes: change, token: tokens[at] }),
      ),
    )
    expect(answers.map(({ said }) => said.done ?? said.error)).toEqual(['updated', 'changed_since_preview'])
    expect((await contacts.get(ana.id)).nickname).toBeUndefined()
  })

  it('delete whom they have shown', async () => {
    const { call, contacts, ana } = await withAna()
    const whom = { by: 'email', value: 'ana@x.test' }
    const preview = await call('preview_delete_contact', whom)
    expect(preview.rows).toMatchObject([{ id: ana.id, name: 'Ana Souza', customFields: ANA.customFields }])
    expect((await call('apply_delete_contact', { ...whom, token: preview.said.token })).said.done).toBe(
      'deleted',
    )
    expect(await contacts.find(ana.id)).toBeUndefined()
  })

  it('create once, and look the keys up again before', async () => {
    const { call, contacts } = await withAna()
    const contact = { externalId: 'u2', name: 'Bea', email: 'bea@x.test' }
    const preview = await call('preview_create_contact', { contact })
    expect(preview.rows).toEqual(
      Object.entries(contact).map(([field, after]) => ({ field, before: null, after })),
    )
    expect(await contacts.count()).toBe(1)
    const again = await call('preview_create_contact', { contact })
    expect((await call('apply_create_contact', { contact, token: preview.said.token })).said.done).toBe(
      'created',
    )
    const refused = await call('apply_create_contact', { contact, token: again.said.token })
    expect(refused.said.error).toBe('changed_since_preview')
    expect(await contacts.count()).toBe(2)
  })

  it('say which keys another contact has, and refuse an external id that is taken', async () => {
    const { call, ana } = await withAna()
    const same = await call('preview_create_contact', { contact: { name: 'Ana', email: 'ANA@x.test' } })
    expect(same.said.warning).toContain('same email')
    const taken = await call('preview_create_contact', { contact: { externalId: 'u1' } })
    expect(taken).toMatchObject({ isError: true, said: { error: 'conflict' } })
    const own = await call('preview_update_contact', {
      by: 'id',
      value: ana.id,
      changes: { email: 'Ana@x.test' },
    })
    expect(own.said.warning).toBeUndefined()
  })

  it('need something to write that the provider stores', async () => {
    const { call, ana } = await withAna()
    const changed = async (changes: Record<string, unknown>) =>
      call('preview_update_contact', { by: 'id', value: ana.id, changes })
    expect((await changed({})).said.error).toBe('invalid_input')
    expect((await changed({ email: 'not an email\u200b' })).said.error).toBe('invalid_input')
    expect((await changed({ shoeSize: 4 })).isError).toBe(true)
    expect((await changed({ id: 'other' })).isError).toBe(true)
    expect((await changed({ name: 'Ana Souza' })).said).toMatchObject({ message: 'Nothing would change.' })
    expect((await changed({ name: 'Ana Souza' })).said.token).toBeUndefined()
  })

  it('are not previewed where a preview would not show all of it', async () => {
    const { call, contacts } = await withAna()
    const customFields = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`field ${i}`, 'x'.repeat(50)]),
    )
    const refused = await call('preview_create_contact', { contact: { name: 'Bea', customFields } })
    expect(refused).toMatchObject({ isError: true, said: { error: 'too_much' } })
    expect(refused.said.token).toBeUndefined()
    expect(await contacts.count()).toBe(1)
  })

  it('keep no more than fifty previews open', async () => {
    const { call, update } = await withAna()
    const first = await call('preview_update_contact', update)
    for (let i = 0; i < 50; i++) await call('preview_update_contact', update)
    const answer = await call('apply_update_contact', { ...update, token: first.said.token })
    expect(answer.said.error).toBe('unknown_token')
  })
})
