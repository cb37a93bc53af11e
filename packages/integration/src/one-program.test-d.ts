import { type ContactsWith, copyContacts } from '@anycontact/core'
import { describe, it } from 'vitest'
import { create, forget, importContacts, readAndUpdate } from './programs.ts'
import { clients } from './providers.ts'

const memory = clients.memory()
const chatbotkit = clients.chatbotkit()
const cognipeer = clients.cognipeer()
const inbox = clients['channel-inbox']()
const methods = clients['contact-methods']()

describe('which program compiles for which provider', () => {
  it('reading and updating: all five', () => {
    readAndUpdate(memory, '', '')
    readAndUpdate(chatbotkit, '', '')
    readAndUpdate(cognipeer, '', '')
    readAndUpdate(inbox, '', '')
    readAndUpdate(methods, '', '')
  })

  it('taking contacts in: all five, by a key that each has', () => {
    importContacts(memory, [], 'externalId')
    importContacts(chatbotkit, [], 'externalId')
    importContacts(cognipeer, [], 'externalId')
    importContacts(methods, [], 'id')
    // Named operations say nothing of keys: that the inbox has no such key is seen when it is called.
    importContacts(inbox, [], 'externalId')
  })

  it('creating: all five', () => {
    create(memory, '')
    create(chatbotkit, '')
    create(cognipeer, '')
    create(methods, '')
    create(inbox, '')
  })

  it('deleting: all but Cognipeer', () => {
    forget(memory, '')
    forget(chatbotkit, '')
    forget(methods, '')
    forget(inbox, '')
    // @ts-expect-error Cognipeer has no delete
    forget(cognipeer, '')
  })

  it('asking for any endpoint: all vendors, and not memory, which has none', () => {
    const ask = (contacts: ContactsWith<'request'>): Promise<unknown> => contacts.request({ path: '/v1/x' })
    ask(chatbotkit)
    ask(cognipeer)
    ask(inbox)
    ask(methods)
    // @ts-expect-error memory has no vendor
    ask(memory)
    // @ts-expect-error memory has no vendor
    memory.request({ path: '/v1/x' })
  })

  it('copying: from all five, to all five', () => {
    copyContacts(inbox, memory)
    copyContacts(memory, chatbotkit)
    copyContacts(chatbotkit, cognipeer)
    copyContacts(cognipeer, methods)
    copyContacts(methods, memory)
    copyContacts(memory, inbox, { by: 'email', scan: true })
  })
})

describe('which calls compile where the provider is known', () => {
  it('operations that it has', () => {
    memory.delete('id')
    chatbotkit.delete('id')
    methods.delete('id')
    // @ts-expect-error Cognipeer has no delete
    cognipeer.delete('id')
    inbox.delete('id')
    inbox.create({ name: 'Ana' })
    inbox.upsert({ email: 'ana@example.com' }, { by: 'email', scan: true })
    // @ts-expect-error the inbox finds an email only by reading its listing
    inbox.upsert({ email: 'ana@example.com' }, { by: 'email' })
    inbox.comments.create('id', { text: 'Called back' })
    // @ts-expect-error ChatBotKit has no comments
    chatbotkit.comments.create('id', { text: 'Called back' })
    // @ts-expect-error Cognipeer has no conversations
    cognipeer.conversations.list('id')
  })

  it('fields that it can store', () => {
    cognipeer.create({ tags: ['vip'] })
    // @ts-expect-error ChatBotKit has no tags
    chatbotkit.create({ tags: ['vip'] })
    // @ts-expect-error Cognipeer has no note
    cognipeer.update('id', { note: '' })
    // @ts-expect-error a client at contact methods has no name
    methods.update('id', { name: 'Ana' })
    // @ts-expect-error the inbox has no custom fields
    inbox.update('id', { customFields: { plan: 'pro' } })
  })

  it('keys that it looks up, or that a scan was asked for', () => {
    cognipeer.get({ email: 'ana@example.com' })
    methods.get({ email: 'ana@example.com' })
    chatbotkit.get({ email: 'ana@example.com' }, { scan: true })
    // @ts-expect-error ChatBotKit finds an email only by reading its listing
    chatbotkit.get({ email: 'ana@example.com' })
    inbox.get({ email: 'ana@example.com' }, { scan: true })
    // @ts-expect-error the inbox has no ids of the caller's, scan or not
    inbox.get({ externalId: 'user-1' }, { scan: true })
    // @ts-expect-error a client's id is the key at contact methods
    methods.upsert({ email: 'ana@example.com' }, { by: 'externalId' })
  })
})
