import type { Contact } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { defineSync, planOf } from '../define/define-sync.ts'
import type { FieldPlaces, LostField, SyncKey } from '../define/definition.ts'
import type { Projection } from './plan.ts'
import { emptyClient } from './testing/clients.ts'

const contact = (fields: Partial<Contact>): Contact => ({
  provider: 'memory',
  id: 'c1',
  contactMethods: [],
  customFields: {},
  raw: undefined,
  ...fields,
})

function project(
  fields: FieldPlaces,
  lost: readonly LostField[] = [],
  by: SyncKey = 'externalId',
): Projection {
  const sync = defineSync({ name: 'x', source: memory(), target: memory(), by, fields, lost })
  return planOf(sync).projection
}

describe('a field that is placed elsewhere', () => {
  const { values, patch } = project({ status: 'customFields.state.now', 'customFields.plan': 'nickname' }, [
    'nickname',
  ])

  it('is the same field on both sides', () => {
    const here = contact({ status: 'new', customFields: { plan: 'pro', seats: 2 } })
    const there = contact({ nickname: 'pro', customFields: { 'state.now': 'new', seats: 2 } })
    const both = { status: 'new', 'customFields.plan': 'pro', 'customFields.seats': 2 }
    expect(values('source', here)).toEqual(both)
    expect(values('target', there)).toEqual(both)
  })

  it('is written where it stands, and cleared there', () => {
    const both = { status: 'new', 'customFields.seats': 2 }
    const fields = ['status', 'customFields.plan', 'customFields.seats']
    expect(patch('target', both, fields)).toEqual({
      nickname: null,
      customFields: { 'state.now': 'new', seats: 2 },
    })
    expect(patch('source', both, fields)).toEqual({ status: 'new', customFields: { plan: null, seats: 2 } })
    expect(patch('target', both, [])).toEqual({})
  })

  it('takes its place from a custom field of the source that has that name, which is then lost', () => {
    const { lost } = project({ status: 'customFields.state' })
    const here = contact({ customFields: { state: 'own', plan: 1 } })
    expect(project({ status: 'customFields.state' }).values('source', here)).toEqual({
      'customFields.plan': 1,
    })
    expect(lost(here)).toEqual(['customFields.state'])
  })

  it('comes back as the text it was, where the target keeps what looks like a number as one', () => {
    const { values } = project({ status: 'customFields.state' })
    expect(values('target', contact({ customFields: { state: 5 } }))).toEqual({ status: '5' })
  })
})

describe('what is empty is absent', () => {
  it('however a provider says so', () => {
    const { values, same } = project({})
    const empty = contact({ name: '', tags: [], customFields: { a: null }, contactMethods: [] })
    expect(values('source', empty)).toEqual({})
    expect(same('tags', undefined, undefined)).toBe(true)
    expect(same('tags', undefined, ['a'])).toBe(false)
  })

  it('but for custom fields that say something', () => {
    const custom = { a: '', b: [], c: false, d: 0 }
    expect(project({}).values('source', contact({ customFields: custom }))).toEqual({
      'customFields.a': '',
      'customFields.b': [],
      'customFields.c': false,
      'customFields.d': 0,
    })
  })
})

describe('what is lost of a contact', () => {
  it('is what it has of the fields that are named, and custom fields that cannot be written', () => {
    const custom = JSON.parse('{"__proto__": 1, "secret": 2, "plan": 3}')
    const { lost, values } = project({}, ['tags', 'note', 'customFields.secret'])
    const here = contact({ tags: ['a'], customFields: custom })
    expect(lost(here)).toEqual(['tags', 'customFields.__proto__', 'customFields.secret'])
    expect(values('source', here)).toEqual({ 'customFields.plan': 3 })
    expect(lost(contact({ tags: [] }))).toEqual([])
  })

  it('is all custom fields without a place, where they are named together', () => {
    const { lost } = project({ 'customFields.plan': 'status' }, ['customFields', 'status'])
    expect(lost(contact({ customFields: { plan: 1, seats: 2 } }))).toEqual(['customFields.seats'])
  })
})

describe('the key of a contact', () => {
  it('is its external id, or its provider and id, and is not synced', () => {
    const { keyOf, writtenKey, values, input } = project({})
    const named = contact({ externalId: 'E-1', name: 'Ana' })
    expect(keyOf('source', named)).toBe('E-1')
    expect(keyOf('source', contact({}))).toBe('memory:c1')
    expect(writtenKey('target', contact({}))).toBe('memory:c1')
    expect(values('source', named)).toEqual({ name: 'Ana' })
    expect(input('target', { name: 'Ana' }, 'E-1')).toEqual({ name: 'Ana', externalId: 'E-1' })
  })

  it('is the id, where ids are the caller’s own', () => {
    const source = emptyClient('contact-methods')
    const { projection } = planOf(defineSync({ name: 'x', source, target: memory(), by: 'externalId' }))
    expect(projection.keyOf('source', contact({ id: 'client-7' }))).toBe('client-7')
  })

  it('is compared as people mean it, and written as it is spelled', () => {
    const { keyOf, writtenKey } = project({}, [], 'email')
    expect(keyOf('source', contact({ email: 'Ana@Example.com' }))).toBe('ana@example.com')
    expect(writtenKey('target', contact({ email: 'Ana@Example.com' }))).toBe('Ana@Example.com')
    expect(keyOf('source', contact({}))).toBeUndefined()
    expect(keyOf('source', contact({ email: ' ' }))).toBeUndefined()
  })

  it('is given once, where it is among the contact methods', () => {
    const { input } = project({}, [], 'email')
    const contactMethods = [{ type: 'email', value: 'A@x.org', primary: true }]
    expect(input('target', { contactMethods }, 'A@x.org')).toEqual({ contactMethods })
    expect(input('target', {}, 'A@x.org')).toEqual({ email: 'A@x.org' })
  })
})

it('a name is written with its parts', () => {
  const { remade } = project({ nickname: 'customFields.nick' })
  expect(remade('target', ['givenName'])).toEqual(['name'])
  expect(remade('target', ['givenName', 'name'])).toEqual([])
  expect(remade('target', ['nickname'])).toEqual([])
})
