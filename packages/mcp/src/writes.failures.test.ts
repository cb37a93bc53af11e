import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { connect } from './testing/connect.ts'
import { createClients } from './testing/providers.ts'
import { withAna } from './testing/with-ana.ts'

describe('writes', () => {
  it.each([
    ['no', 'conflict', 'Nothing was written.'],
    ['yes', 'unsupported_field', 'Something was written.'],
  ] as const)('that fail with applied: %s say so', async (applied, code, words) => {
    const { contacts, ana } = await withAna()
    const broken = new Proxy(contacts, {
      get: (target, name, receiver) =>
        name === 'delete'
          ? () => Promise.reject(new ContactsError({ code, message: 'No.', applied, status: 409 }))
          : Reflect.get(target, name, receiver),
    })
    const { call } = await connect(broken, { write: true })
    const whom = { by: 'id', value: ana.id }
    const { said } = await call('preview_delete_contact', whom)
    const failed = await call('apply_delete_contact', { ...whom, token: said.token })
    expect(failed).toMatchObject({ isError: true, said: { error: code, message: 'No.' } })
    expect(failed.said.whatToDo).toContain(words)
    expect(failed.said.note).toContain('words of the provider')
  })

  it('that nobody could foresee to fail leave the outcome unknown, and tell the application', async () => {
    const { contacts, ana } = await withAna()
    const broken = new Proxy(contacts, {
      get: (target, name, receiver) =>
        name === 'delete'
          ? () => Promise.reject(new TypeError('secret'))
          : Reflect.get(target, name, receiver),
    })
    const seen: unknown[] = []
    const { call } = await connect(broken, { write: true, onError: (error) => seen.push(error) })
    const whom = { by: 'id', value: ana.id }
    const { said } = await call('preview_delete_contact', whom)
    const failed = await call('apply_delete_contact', { ...whom, token: said.token })
    expect(failed.said.error).toBe('outcome_unknown')
    expect(failed.text).not.toContain('secret')
    expect(seen).toEqual([new TypeError('secret')])
  })

  it('say that the outcome is not known, and to look first', async () => {
    const { contacts, ana, update } = await withAna()
    const broken = new Proxy(contacts, {
      get: (target, name, receiver) =>
        name === 'update'
          ? () => Promise.reject(new ContactsError({ code: 'network', message: 'Lost.', applied: 'unknown' }))
          : Reflect.get(target, name, receiver),
    })
    const { call } = await connect(broken, { write: true })
    const { said } = await call('preview_update_contact', update)
    const lost = await call('apply_update_contact', { ...update, token: said.token })
    expect(lost).toMatchObject({ isError: true, said: { error: 'outcome_unknown' } })
    expect(lost.said.whatToDo).toContain('read the contact first')
    expect((await call('apply_update_contact', { ...update, token: said.token })).said.error).toBe(
      'unknown_token',
    )
    expect((await contacts.get(ana.id)).email).toBe('ana@x.test')
  })

  it('leave no field out in silence, and hand on what the client warns of', async () => {
    const { contacts, update } = await withAna()
    const warning = {
      code: 'rewritten_field',
      message: 'email was stored in lower case.',
      operation: 'update',
      provider: 'memory',
    } as const
    let asked: unknown
    const warned: typeof contacts.update = (ref, patch, options) => {
      asked = options?.unsupportedFields
      options?.onWarning?.(warning)
      return contacts.update(ref, patch)
    }
    const watched = new Proxy(contacts, {
      get: (target, name, receiver) => (name === 'update' ? warned : Reflect.get(target, name, receiver)),
    })
    const { call } = await connect(watched, { write: true })
    const { said } = await call('preview_update_contact', update)
    const applied = await call('apply_update_contact', { ...update, token: said.token })
    expect(applied.said).toMatchObject({ done: 'updated', warning: warning.message })
    expect(asked).toBe('throw')
  })

  it('whose answer was lost are found by looking, and are not made again', async () => {
    const { clients, emulator } = createClients()
    const { call } = await connect(clients.chatbotkit, { write: true })
    const contact = { name: 'Ana', email: 'ana@example.com' }
    const { said } = await call('preview_create_contact', { contact })
    emulator.chatbotkit.faults.add({ method: 'POST', path: /create/, cut: 'answer' })
    const lost = await call('apply_create_contact', { contact, token: said.token })
    expect(lost.said.error).toBe('outcome_unknown')
    const again = await call('apply_create_contact', { contact, token: said.token })
    expect(again.said.error).toBe('unknown_token')
    expect((await call('search_contacts', { text: 'ana@example.com' })).rows).toMatchObject([contact])
    expect(emulator.chatbotkit.contacts).toHaveLength(1)
  })

  it('of a contact that others write to at the same moment are not made on what they have not seen', async () => {
    const { clients, emulator } = createClients()
    const [one] = emulator.chatbotkit.seed([{ id: 'c1', name: 'Ana', fingerprint: 'u1' }])
    const { call } = await connect(clients.chatbotkit, { write: true })
    const change = { by: 'id', value: one?.id, changes: { note: 'moved' } }
    const { said } = await call('preview_update_contact', change)
    await clients.chatbotkit.update('c1', { customFields: { seats: 2 } })
    const refused = await call('apply_update_contact', { ...change, token: said.token })
    expect(refused.said.error).toBe('changed_since_preview')
    expect(refused.rows).toContainEqual({ field: 'customFields.seats', before: null, after: 2 })
    expect((await clients.chatbotkit.get('c1')).note).toBeUndefined()
  })
})
