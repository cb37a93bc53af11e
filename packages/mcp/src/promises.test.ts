import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { connect } from './testing/connect.ts'
import { replaced } from './testing/replaced.ts'
import { person, stored } from './testing/stored.ts'
import { withAna } from './testing/with-ana.ts'

const many = Array.from({ length: 30 }, (_, i) => person(`c${i}`, { name: `Ana ${i}`, email: 'ana@x.test' }))

describe('what a provider does not list', () => {
  it('is told with every answer that rests on its listing', async () => {
    const { contacts } = stored(many.slice(0, 3), 100, { complete: false })
    const { call } = await connect(contacts)
    const words = 'The provider does not list every contact.'
    expect((await call('list_contacts')).said.incomplete).toBe(words)
    expect((await call('list_contacts', { limit: 2 })).said.incomplete).toBeUndefined()
    expect((await call('search_contacts', { text: 'ana' })).said.incomplete).toBe(words)
    expect((await call('count_contacts')).said).toMatchObject({ count: 3, incomplete: words })
    expect((await call('find_duplicates')).said.incomplete).toContain('Not all contacts were read')
  })
})

describe('a count', () => {
  it("is the provider's where it counts what was asked for, and else of no more than is read at most", async () => {
    const { contacts } = stored(many, 10, { count: 30 })
    const { call } = await connect(contacts, { maxRead: 20 })
    expect((await call('count_contacts')).said).toEqual({ count: 30 })
    const { said } = await call('count_contacts', { where: { email: 'ana@x.test' } })
    expect(said).toMatchObject({ atLeast: 20 })
    expect(said.count).toBeUndefined()
  })
})

describe('a deleted contact', () => {
  it('is shown as deleted whatever fields are asked for', async () => {
    const { call } = await connect(stored([person('c1', { name: 'Ana', deleted: true })]).contacts)
    expect((await call('get_contact', { by: 'id', value: 'c1', fields: ['name'] })).rows).toEqual([
      { id: 'c1', name: 'Ana', deleted: true },
    ])
  })
})

describe('a client that gets contacts and finds none', () => {
  it('has tools that look contacts up all the same', async () => {
    const { contacts, ana } = await withAna()
    const getting = replaced(contacts, {
      supports: (name: 'get' | 'find') => name !== 'find' && contacts.supports(name),
    })
    const { call } = await connect(getting, { write: true })
    expect((await call('get_contact', { by: 'id', value: ana.id })).rows).toMatchObject([{ id: ana.id }])
    expect((await call('get_contact', { by: 'id', value: 'none' })).said.error).toBe('not_found')
    const { said } = await call('preview_create_contact', { contact: { name: 'Bea', email: 'bea@x.test' } })
    expect(said.token).toMatch(/^[\da-f]{32}$/)
  })
})

describe('previews', () => {
  it('can be applied after one that was refused', async () => {
    const { call, update, contacts, ana } = await withAna()
    const first = await call('preview_update_contact', update)
    await contacts.update(ana.id, { note: 'x' })
    expect((await call('apply_update_contact', { ...update, token: first.said.token })).isError).toBe(true)
    const second = await call('preview_update_contact', update)
    const done = await call('apply_update_contact', { ...update, token: second.said.token })
    expect(done.said.done).toBe('updated')
  })

  it('say within bounds what has changed since, however much that is', async () => {
    const { call, update, contacts, ana } = await withAna()
    const { said } = await call('preview_update_contact', update)
    const customFields = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`field ${i}`, 'x'.repeat(300)]),
    )
    await contacts.update(ana.id, { customFields })
    const refused = await call('apply_update_contact', { ...update, token: said.token })
    expect(refused.said.error).toBe('changed_since_preview')
    expect(refused.rows.length).toBeGreaterThan(10)
    expect(refused.text.length).toBeLessThan(20_000)
  })

  it('warn of a key that several others have', async () => {
    const contacts = memory()
    for (const name of ['Ana', 'Bea']) await contacts.create({ name, email: 'both@x.test' })
    const { call } = await connect(contacts, { write: true })
    const { said } = await call('preview_create_contact', { contact: { name: 'Eva', email: 'both@x.test' } })
    expect(said.warning).toContain('another contact with the same email')
  })

  it('cut short what a client warns of at length', async () => {
    const { contacts, update } = await withAna()
    const message = 'w'.repeat(9000)
    const warning = { code: 'rewritten_field', message, operation: 'update', provider: 'memory' } as const
    const warnedUpdate: typeof contacts.update = (ref, patch, options) => {
      options?.onWarning?.(warning)
      return contacts.update(ref, patch)
    }
    const warned = replaced(contacts, { update: warnedUpdate })
    const { call } = await connect(warned, { write: true })
    const { said } = await call('preview_update_contact', update)
    const done = await call('apply_update_contact', { ...update, token: said.token })
    expect(done.said.warning).toMatch(/^w{500}… \[cut: 9000 characters\]$/)
  })
})

describe('an error', () => {
  it('is kept from the model also where the application cannot take it', async () => {
    const { contacts } = await withAna()
    const broken = replaced(contacts, { find: () => Promise.reject(new TypeError('secret')) })
    const { call } = await connect(broken, {
      onError: () => {
        throw new Error('another secret')
      },
    })
    const failed = await call('get_contact', { by: 'id', value: 'x' })
    expect(failed.said.error).toBe('unexpected')
    expect(failed.text).not.toContain('secret')
  })

  it('is none where a call was cancelled', async () => {
    const seen: unknown[] = []
    let began = false
    const { contacts } = await withAna()
    const waiting = replaced(contacts, {
      find: (_ref: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => {
          began = true
          signal.addEventListener('abort', () => setTimeout(() => reject(new TypeError('torn')), 5))
        }),
    })
    const { call } = await connect(waiting, { onError: (error) => seen.push(error) })
    const abort = new AbortController()
    const calling = call('get_contact', { by: 'id', value: 'x' }, abort.signal)
    await expect.poll(() => began).toBe(true)
    abort.abort()
    await expect(calling).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(seen).toEqual([])
  })
})

describe('options of a program without types', () => {
  it.each(['write', 'scan'])('open nothing by a text: %s', async (name) => {
    const options = { [name]: 'false' }
    await expect(connect(stored([]).contacts, options)).rejects.toMatchObject({ code: 'config' })
  })
})
