import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { defineSync, planOf } from './define-sync.ts'

const crm = cognipeer({ token: 'pat_x', hookId: 'h' })
const bots = chatbotkit({ secret: 'x' })
const inbox = channelInbox({ apiKey: 'x' })
const methods = contactMethods({ apiKey: 'x', environment: 'test' })

const good = {
  name: 'cognipeer-to-chatbotkit',
  source: crm,
  target: bots,
  by: 'externalId',
  fields: { status: 'customFields.status' },
  lost: ['tags'],
} as const

const refusal = (definition: object): string => {
  try {
    Reflect.apply(defineSync, undefined, [{ ...good, ...definition }])
  } catch (error) {
    return String(error)
  }
  return 'defined'
}

describe('a sync that is defined', () => {
  it('says what decides how contacts are compared and written, and nothing else', () => {
    expect(defineSync(good).definition).toEqual({
      source: 'cognipeer',
      target: 'chatbotkit',
      by: { source: 'externalId', target: 'externalId' },
      direction: 'one-way',
      absent: 'clear',
      deletions: 'keep',
      keep: 'values',
      fields: {
        status: 'customFields.status',
        name: 'name',
        email: 'email',
        phone: 'phone',
        'customFields.*': 'customFields.*',
      },
      lost: ['tags'],
    })
  })

  it('has defaults that delete nothing and decide no conflict', () => {
    expect(planOf(defineSync(good))).toMatchObject({
      name: 'cognipeer-to-chatbotkit',
      direction: 'one-way',
      absent: 'clear',
      deletions: 'keep',
      conflicts: 'review',
      keep: 'values',
      editedAndDeleted: 'edit',
      maxDeletions: 0.1,
    })
  })

  it('is taken by nothing but what defineSync returned', () => {
    expect(() => planOf({ name: 'mine', definition: {} })).toThrow('give what defineSync returned')
  })
})

describe('what cannot be defined', () => {
  it.each([
    [
      'a field that the target cannot hold',
      { fields: {} },
      /lost must name status, which chatbotkit cannot hold, or fields must place it, for example { status: 'customFields.status' }/,
    ],
    [
      'a key that the target does not store',
      { target: inbox, lost: ['status'], fields: {} },
      /by cannot be externalId/,
    ],
    [
      'a place that the target has not',
      { fields: { status: 'locale' } },
      /fields\.status cannot be placed at locale/,
    ],
    [
      'a list in the place of a text',
      { fields: { tags: 'note', status: 'nickname' }, lost: [] },
      /fields\.tags/,
    ],
    [
      'two fields in one place',
      { fields: { status: 'note', phone: 'note' } },
      /placed where status is placed/,
    ],
    ['a field whose place is taken', { fields: { status: 'name' } }, /name/],
    [
      'deletions where the target has no delete',
      {
        source: bots,
        target: crm,
        fields: {},
        lost: ['nickname', 'note', 'verifiedAt'],
        deletions: 'mirror',
      },
      /deletions cannot be 'mirror': the target, cognipeer, has no delete; leave deletions out/,
    ],
    [
      'a field that the source cannot change, in both directions',
      { source: inbox, target: memory(), by: 'email', fields: {}, lost: [], direction: 'both' },
      /lost must name timezone, which channel-inbox cannot change,/,
    ],
    [
      'a field whose place is the key of the target',
      {
        source: memory(),
        target: memory(),
        by: { source: 'id', target: 'externalId' },
        fields: {},
        lost: [],
      },
      /lost must name externalId, which is the key of the target,/,
    ],
    ['hashes in both directions', { direction: 'both', keep: 'hashes' }, /keep must be 'values'/],
    [
      'fields that are left as they are, in both directions',
      { direction: 'both', absent: 'leave' },
      /absent must be 'clear'/,
    ],
    ['an option that there is not', { conflict: 'newest' }, /conflict is no option/],
    ['a word that there is not', { deletions: 'yes' }, /deletions must be 'keep' or 'mirror'/],
    ['a share above one', { maxDeletions: 10 }, /maxDeletions/],
    ['a side that is no client', { target: {} }, /target must be a client/],
    ['one client for both sides', { target: crm }, /target must be another client than the source/],
    ['keys of two kinds', { by: { source: 'email', target: 'externalId' } }, /one kind/],
    ['a field that is none', { lost: ['tags', 'color'] }, /lost names color/],
  ])('is %s', (_, definition, message) => {
    expect(refusal(definition)).toMatch(message)
  })

  it('is anything but a plain object', () => {
    for (const given of [undefined, null, [], 'sync', new Map()]) {
      expect(() => Reflect.apply(defineSync, undefined, [given])).toThrow('must be a plain object')
    }
  })

  it('does not hold a credential, and says nothing of one', () => {
    expect(refusal({ fields: {} })).not.toContain('pat_x')
  })
})

describe('a target that has no list of custom fields', () => {
  it('takes external ids for ids where its ids are its caller’s', () => {
    const sync = defineSync({
      name: 'x',
      source: crm,
      target: methods,
      by: { source: 'externalId', target: 'id' },
      lost: ['name', 'status', 'tags', 'customFields'],
    })
    expect(sync.definition.fields).toEqual({ email: 'email', phone: 'phone' })
  })

  it('takes all contact methods where both sides hold them, and then no address apart', () => {
    const sync = defineSync({ name: 'x', source: methods, target: memory(), by: 'externalId' })
    expect(sync.definition.fields).toEqual({ contactMethods: 'contactMethods' })
  })
})
