import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import type { Contacts, ContactsWith } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expectTypeOf, it } from 'vitest'
import { defineSync, type Sync } from './define-sync.ts'
import type { SyncDefinition } from './definition.ts'
import type { Cannot } from './problem-types.ts'
import { problems, type Reader, readLost } from './testing/definitions.ts'

const crm = cognipeer({ token: 'pat_x', hookId: 'h' })
const bots = chatbotkit({ secret: 'x' })
const inbox = channelInbox({ apiKey: 'x' })
const methods = contactMethods({ apiKey: 'x', environment: 'test' })
const store = memory()

const name = 'x'

describe('what compiles', () => {
  it('is a sync whose every field has a place or is named in lost', () => {
    const sync = defineSync({
      name,
      source: crm,
      target: bots,
      by: 'externalId',
      fields: { status: 'customFields.status' },
      lost: ['tags'],
      conflicts: (conflict) => (conflict.field === 'name' ? 'source' : { value: conflict.base }),
    })
    expectTypeOf(sync).toEqualTypeOf<Sync>()
    defineSync({
      name,
      source: crm,
      target: bots,
      by: 'externalId',
      lost: ['tags', 'status'],
      direction: 'both',
    })
    defineSync({ name, source: crm, target: store, by: 'externalId', keep: 'hashes' })
    defineSync({ name, source: methods, target: store, by: 'externalId', deletions: 'mirror' })
    defineSync({ name, source: store, target: store, by: 'email', direction: 'both', deletions: 'mirror' })
  })

  it('is a key of each side’s own, and one that is made of the id', () => {
    const lost = ['name', 'status', 'tags', 'customFields'] as const
    defineSync({ name, source: crm, target: methods, by: { source: 'externalId', target: 'id' }, lost })
    defineSync({
      name,
      source: inbox,
      target: bots,
      by: 'externalId',
      lost: ['givenName', 'familyName', 'avatarUrl', 'locale', 'timezone', 'tags'],
    })
  })

  it('is a list at a custom field, and contact methods left out, with the address and number kept', () => {
    defineSync({
      name,
      source: methods,
      target: bots,
      by: 'externalId',
      fields: { contactMethods: 'customFields.all' },
    })
    defineSync({ name, source: methods, target: crm, by: 'externalId', lost: ['contactMethods'] })
  })

  it('is any definition whose clients or options are known at run time alone', () => {
    type Any = ContactsWith<'list' | 'get' | 'create' | 'update'>
    const any = (client: Any, definition: SyncDefinition, direction: 'one-way' | 'both'): void => {
      defineSync({ name, source: client, target: client, by: 'externalId', deletions: 'mirror' })
      defineSync({ name, source: crm, target: client, by: 'phone', direction, keep: 'hashes' })
      defineSync({ name, source: client, target: store, by: 'id' })
      defineSync(definition)
    }
    expectTypeOf(any).toBeFunction()
  })
})

describe('what does not compile', () => {
  it('is a field that the target cannot hold, and nobody has seen to', () => {
    // @ts-expect-error tags and status have no place
    defineSync({ name, source: crm, target: bots, by: 'externalId' })
    const found = problems({ source: crm, target: bots, by: 'externalId', lost: ['tags'] })
    expectTypeOf(found).toEqualTypeOf<{
      readonly lost: "the target does not keep status: place it by fields, for example { status: 'customFields.status' }, or name it here."
    }>()
  })

  it('is a field that the target takes at a create alone', () => {
    // @ts-expect-error an inbox cannot change a time zone
    defineSync({ name, source: inbox, target: inbox, by: 'email' })
    defineSync({ name, source: inbox, target: inbox, by: 'email', lost: ['timezone'] })
  })

  it('is a field that cannot go back, in both directions', () => {
    const source = inbox
    const fields = { timezone: 'customFields.timezone' } as const
    defineSync({ name, source, target: store, by: 'email' })
    // @ts-expect-error the inbox cannot change a time zone
    defineSync({ name, source, target: store, by: 'email', direction: 'both' })
    // @ts-expect-error nor from another place
    defineSync({ name, source, target: store, by: 'email', direction: 'both', fields })
    defineSync({ name, source, target: store, by: 'email', direction: 'both', lost: ['timezone'] })
  })

  it('is a target without custom fields, unless they are lost', () => {
    const found = problems({ source: crm, target: inbox, by: 'email', lost: ['status', 'externalId'] })
    expectTypeOf(found).toEqualTypeOf<{
      readonly lost: 'the target cannot hold every custom field: name customFields here; those that fields places are kept all the same.'
    }>()
  })

  it('is contact methods where the target has only an address and a number', () => {
    const found = problems({ source: methods, target: inbox, by: 'email' })
    expectTypeOf(found).toEqualTypeOf<{
      readonly lost: 'the target does not keep contactMethods: place it by fields, or name it here.'
    }>()
  })

  it('is a place that the target has not', () => {
    const found = problems({
      source: crm,
      target: bots,
      by: 'externalId',
      fields: { status: 'locale' },
      lost: ['tags'],
    })
    expectTypeOf(found).toEqualTypeOf<{
      readonly fields: 'status cannot be placed at locale, which the target cannot change.'
    }>()
    defineSync({
      name,
      source: crm,
      target: inbox,
      by: 'email',
      // @ts-expect-error an inbox has no custom fields
      fields: { status: 'customFields.status' },
      lost: ['externalId', 'customFields'],
    })
  })

  it('is a field that no contact has', () => {
    const found = problems({
      source: crm,
      target: bots,
      by: 'externalId',
      fields: { state: 'customFields.state' },
      lost: ['tags', 'status'],
    })
    expectTypeOf(found).toEqualTypeOf<{
      readonly fields: 'state is no field of a contact; a custom field is written customFields.<key>.'
    }>()
  })

  it('is a place that two fields have', () => {
    const fields = { status: 'customFields.a', tags: 'customFields.a' } as const
    // @ts-expect-error both are placed at customFields.a
    defineSync({ name, source: crm, target: bots, by: 'externalId', fields })
    const taken = problems({
      source: crm,
      target: bots,
      by: 'externalId',
      fields: { status: 'name' },
      lost: ['tags'],
    })
    expectTypeOf(taken).toEqualTypeOf<{
      readonly lost: "the target does not keep name: place it by fields, for example { name: 'customFields.name' }, or name it here."
    }>()
  })

  it('is a list in the place of a text, and the key in any other place', () => {
    const lost = ['status'] as const
    // @ts-expect-error tags are a list
    defineSync({ name, source: crm, target: bots, by: 'externalId', fields: { tags: 'note' }, lost })
    // @ts-expect-error the key has its place
    defineSync({ name, source: crm, target: store, by: 'externalId', fields: { externalId: 'note' } })
    // @ts-expect-error the key's place is taken
    defineSync({ name, source: crm, target: store, by: 'email', fields: { status: 'email' } })
  })

  it('is a field that is placed and lost, or one that there is not', () => {
    const fields = { status: 'customFields.status' } as const
    // @ts-expect-error status is placed
    defineSync({ name, source: crm, target: bots, by: 'externalId', fields, lost: ['tags', 'status'] })
    // @ts-expect-error there is no such field
    defineSync({ name, source: crm, target: store, by: 'externalId', lost: ['color'] })
    // @ts-expect-error there is no such field
    defineSync({ name, source: crm, target: store, by: 'externalId', fields: { color: 'note' } })
  })

  it('is a key that the target does not store, or does not find by', () => {
    const lost = ['status', 'tags', 'customFields', 'name', 'externalId'] as const
    // @ts-expect-error an inbox keeps no external id
    defineSync({ name, source: crm, target: inbox, by: 'externalId', lost: ['status', 'customFields'] })
    const found = problems({
      source: crm,
      target: methods,
      by: 'externalId',
      lost: ['status', 'tags', 'customFields', 'name'],
    })
    expectTypeOf(found.by).toExtend<Cannot<string>>()
    // @ts-expect-error it makes the ids itself
    defineSync({ name, source: bots, target: crm, by: 'id', lost: ['nickname', 'note', 'verifiedAt'] })
    defineSync({ name, source: crm, target: methods, by: 'email', lost })
  })

  it('is a key that the source does not store, in both directions', () => {
    const lost = [
      'timezone',
      'name',
      'givenName',
      'familyName',
      'tags',
      'avatarUrl',
      'note',
      'locale',
    ] as const
    defineSync({ name, source: inbox, target: store, by: 'externalId' })
    // @ts-expect-error an inbox keeps no external id
    defineSync({ name, source: inbox, target: store, by: 'externalId', direction: 'both', lost })
  })

  it('is a field whose place is the key of the target', () => {
    const by = { source: 'id', target: 'externalId' } as const
    // @ts-expect-error the external id has no place
    defineSync({ name, source: store, target: store, by })
    defineSync({ name, source: store, target: store, by, fields: { externalId: 'customFields.crm' } })
  })

  it('is keys of two kinds', () => {
    const found = problems({
      source: crm,
      target: store,
      by: { source: 'email', target: 'externalId' },
      lost: ['externalId'],
    })
    expectTypeOf(found).toEqualTypeOf<{
      readonly by: Cannot<'email of the source and externalId of the target are keys of different kinds, which never meet'>
    }>()
  })

  it('is a deletion where a side has no delete', () => {
    const lost = ['nickname', 'note', 'verifiedAt'] as const
    // @ts-expect-error Cognipeer has no delete
    defineSync({ name, source: bots, target: crm, by: 'externalId', lost, deletions: 'mirror' })
    defineSync({ name, source: crm, target: store, by: 'externalId', deletions: 'mirror' })
    const back = problems({
      source: crm,
      target: store,
      by: 'externalId',
      direction: 'both',
      deletions: 'mirror',
    })
    expectTypeOf(back).toEqualTypeOf<{
      readonly deletions: Cannot<"the source has no delete: leave deletions out, or say 'keep'">
    }>()
  })

  it('is hashes in both directions', () => {
    // @ts-expect-error a merge takes values
    defineSync({ name, source: crm, target: store, by: 'externalId', direction: 'both', keep: 'hashes' })
    defineSync({ name, source: crm, target: store, by: 'externalId', absent: 'leave' })
    // @ts-expect-error what one side does not have was cleared there
    defineSync({ name, source: crm, target: store, by: 'externalId', direction: 'both', absent: 'leave' })
  })

  it('is a side that cannot be read or written', () => {
    const only = (reader: Contacts<Reader>): void => {
      defineSync({ name, source: reader, target: store, by: 'externalId' })
      // @ts-expect-error it has no create, no update
      defineSync({ name, source: store, target: reader, by: 'externalId' })
      // @ts-expect-error nor can anything come back to it
      defineSync({ name, source: reader, target: store, by: 'externalId', direction: 'both' })
    }
    expectTypeOf(only).toBeFunction()
    const read = (source: Contacts<Reader>): void => {
      const found = problems({ source, target: bots, by: 'externalId', lost: readLost })
      expectTypeOf(found).toEqualTypeOf<{
        readonly lost: "the target does not keep tags: place it by fields, for example { tags: 'customFields.tags' }, or name it here."
      }>()
    }
    expectTypeOf(read).toBeFunction()
    // @ts-expect-error it cannot list
    defineSync({ name, source: {}, target: store, by: 'externalId' })
  })

  it('is an option that there is not', () => {
    // @ts-expect-error it is `conflicts`
    defineSync({ name, source: crm, target: store, by: 'externalId', conflict: 'newest' })
    // @ts-expect-error no such key
    defineSync({ name, source: crm, target: store, by: 'key' })
  })
})
