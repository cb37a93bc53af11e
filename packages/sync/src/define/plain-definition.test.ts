import { memory } from '@anycontact/memory'
import { expect, it } from 'vitest'
import { defineSync } from './define-sync.ts'
import type { SyncDefinition } from './definition.ts'
import { changedFields } from './plain-definition.ts'

const one: SyncDefinition = { name: 'x', source: memory(), target: memory(), by: 'externalId' }

const changed = (options: Partial<SyncDefinition>, before: Partial<SyncDefinition> = {}): string[] =>
  changedFields(defineSync({ ...one, ...before }).definition, defineSync({ ...one, ...options }).definition)

it('names what differs of two definitions', () => {
  expect(changed({})).toEqual([])
  expect(changed({ direction: 'both', deletions: 'mirror' })).toEqual(['deletions', 'direction'])
  expect(changed({ absent: 'leave' })).toEqual(['absent'])
  expect(changed({ by: { source: 'externalId', target: 'id' }, lost: [] })).toEqual(['by.target'])
  expect(changed({ fields: { status: 'customFields.status' } })).toEqual(['fields.status'])
  expect(changed({ lost: ['tags'] })).toEqual(['fields.tags', 'lost'])
  expect(changed({ lost: ['customFields'] })).toEqual(['fields.customFields.*', 'lost'])
})

it('finds nothing in another order of the same', () => {
  expect(changed({ lost: ['tags', 'note'] }, { lost: ['note', 'tags', 'tags'] })).toEqual([])
})

it('lets a run decide conflicts and deletions otherwise than the one before', () => {
  expect(changed({ conflicts: 'newest', maxDeletions: 1, editedAndDeleted: 'deletion' })).toEqual([])
})

it('is plain data that a ledger can keep', () => {
  const { definition } = defineSync({ ...one, conflicts: () => 'source' })
  expect(JSON.parse(JSON.stringify(definition))).toEqual(definition)
})
