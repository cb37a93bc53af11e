import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { readCsv } from '@anycontact/formats'
import { describe, expectTypeOf, it } from 'vitest'
import { defineSync, type Sync } from '../define/define-sync.ts'
import { inputSource } from './input-source.ts'

const bots = chatbotkit({ secret: 'x' })
const inbox = channelInbox({ apiKey: 'x' })

const file = inputSource({
  provider: 'csv',
  by: 'externalId',
  fields: ['name', 'email', 'tags'],
  open: () => readCsv('', { by: 'externalId' }),
})

describe('a source of inputs', () => {
  it('has list alone, and the fields that it names', () => {
    expectTypeOf(file.fields).toEqualTypeOf<readonly ['name', 'email', 'tags']>()
    expectTypeOf(file).toHaveProperty('list')
    expectTypeOf(file).not.toHaveProperty('create')
    expectTypeOf(file).not.toHaveProperty('get')
  })

  it('is the source of a sync whose every field has a place or is named in lost', () => {
    expectTypeOf(
      defineSync({ name: 'x', source: file, target: bots, by: 'externalId', lost: ['tags'] }),
    ).toEqualTypeOf<Sync>()
    // @ts-expect-error ChatBotKit has no tags
    defineSync({ name: 'x', source: file, target: bots, by: 'externalId' })
  })

  it('is no side that is written to', () => {
    // @ts-expect-error inputs cannot be written
    defineSync({ name: 'x', source: inbox, target: file, by: 'externalId' })
    // @ts-expect-error nor in both directions
    defineSync({ name: 'x', source: file, target: bots, by: 'externalId', lost: ['tags'], direction: 'both' })
  })

  it('has fields that a contact has', () => {
    // @ts-expect-error there is no such field
    inputSource({ provider: 'csv', by: 'externalId', fields: ['colour'], open: () => [] })
    // @ts-expect-error nor such a key
    inputSource({ provider: 'csv', by: 'name', fields: ['name'], open: () => [] })
  })
})
