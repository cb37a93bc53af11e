import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldValues, Side } from '../ledger/pair.ts'
import { isTargetsOwn } from './merge.ts'
import { Linked, projection, someValues } from './testing/linked.ts'

const oneWay = { direction: 'one-way', absent: 'clear', keep: 'values', conflicts: 'review' } as const
const hashes = { ...oneWay, keep: 'hashes' } as const
const leaving = { ...oneWay, absent: 'leave' } as const
const leavingHashes = { ...hashes, absent: 'leave' } as const
const both = { direction: 'both', absent: 'clear', keep: 'values', conflicts: 'review' } as const
const anyPlan = fc.constantFrom(
  oneWay,
  hashes,
  leaving,
  leavingHashes,
  both,
  { ...both, conflicts: 'source' } as const,
  { ...both, conflicts: 'target' } as const,
  { ...both, conflicts: 'newest' } as const,
)
const sides = fc.record({ source: someValues, target: someValues })

/** A provider that has spellings of its own at the target: lower case, no plus, a default. */
const spell = (side: Side, values: FieldValues): FieldValues => {
  if (side === 'source') return values
  const { name, phone, tags } = values
  return {
    status: 'default',
    ...values,
    ...(typeof name === 'string' && { name: name.toUpperCase() }),
    ...(typeof phone === 'string' && { phone: phone.replace('+', '') }),
    ...(Array.isArray(tags) && { tags: [...tags].reverse() }),
  }
}

describe('a merge', () => {
  it('leaves both sides the same in every field, but for review and what is the target’s own', () => {
    const property = fc.property(anyPlan, sides, fc.array(sides, { maxLength: 3 }), (plan, first, edits) => {
      const pair = new Linked(plan, first)
      for (const edit of [undefined, ...edits]) {
        if (edit) Object.assign(pair.values, edit)
        const review = pair.sync().review.map(({ field }) => field)
        const differing = pair
          .differences()
          .filter((field) => !isTargetsOwn(plan.direction, field, pair.values.source[field]))
          .filter((field) => plan.absent === 'clear' || pair.values.source[field] !== undefined)
        expect(differing).toEqual(expect.arrayContaining(review))
        expect(differing.length).toBe(review.length)
      }
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('writes nothing when nothing was edited since, however the target spells it', () => {
    const property = fc.property(anyPlan, sides, sides, (plan, first, second) => {
      const pair = new Linked(plan, first, spell)
      for (const edit of [first, second]) {
        pair.edit('source', edit.source)
        pair.edit('target', edit.target)
        pair.sync()
        const again = pair.sync()
        expect([again.source, again.target]).toEqual([undefined, undefined])
        const third = pair.sync()
        expect([third.source, third.target]).toEqual([undefined, undefined])
      }
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('keeps what was changed on one side only, on whichever side it was', () => {
    const policies = fc.constantFrom('review', 'source', 'target', 'newest')
    const owners = fc.array(fc.boolean(), { minLength: 10, maxLength: 10 })
    const property = fc.property(policies, someValues, sides, owners, (conflicts, first, edits, owner) => {
      const pair = new Linked({ ...both, conflicts }, { source: first, target: first })
      pair.sync()
      const wanted: FieldValues = {}
      const fields = [first, edits.source, edits.target].flatMap((values) => Object.keys(values))
      for (const [index, field] of [...new Set(fields)].entries()) {
        const side = owner[index] ? 'source' : 'target'
        const value = edits[side][field]
        pair.edit(side, value === undefined ? {} : { [field]: value }, value === undefined ? [field] : [])
        if (value !== undefined) wanted[field] = value
      }
      expect(pair.sync().review).toEqual([])
      for (const side of ['source', 'target'] as const) {
        expect(Object.keys(pair.values[side]).sort()).toEqual(Object.keys(wanted).sort())
        const off = Object.keys(wanted).filter(
          (field) => !projection.same(field, pair.values[side][field], wanted[field]),
        )
        expect(off).toEqual([])
      }
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('comes to the same whatever the order of the fields', () => {
    const turned = (values: FieldValues): FieldValues => Object.fromEntries(Object.entries(values).reverse())
    const property = fc.property(anyPlan, sides, sides, (plan, first, second) => {
      const [one, other] = [
        new Linked(plan, first),
        new Linked(plan, { source: turned(first.source), target: turned(first.target) }),
      ]
      expect(one.sync()).toEqual(other.sync())
      one.values.source = second.source
      other.values.source = turned(second.source)
      const [a, b] = [one.merge(), other.merge()]
      expect(a).toEqual(b)
      const fields = a.target?.fields ?? []
      expect(fields).toEqual([...fields].sort())
    })
    fc.assert(property, { numRuns: 300 })
  })
})

describe('one direction', () => {
  it('clears at the target what the source does not have, when the two meet', () => {
    const pair = new Linked(oneWay, { source: { name: 'Ana' }, target: { phone: '+1' } })
    expect(pair.sync().target).toEqual({
      fields: ['name', 'phone'],
      values: { name: 'Ana' },
      cleared: ['phone'],
      answered: ['name', 'phone'],
    })
  })

  it.each([oneWay, hashes])(
    'leaves a custom field of the target alone, until the source has had it ($keep)',
    (plan) => {
      const pair = new Linked(plan, { source: {}, target: { 'customFields.plan': 'own' } })
      expect(pair.sync().target).toBeUndefined()
      pair.edit('target', { 'customFields.plan': 'changed' })
      expect(pair.sync().target).toBeUndefined()
      pair.edit('source', { 'customFields.plan': 'pro' })
      expect(pair.sync().target?.values).toEqual({ 'customFields.plan': 'pro' })
      pair.edit('source', {}, ['customFields.plan'])
      expect(pair.sync().target?.cleared).toEqual(['customFields.plan'])
    },
  )

  it.each([leaving, leavingHashes])(
    'leaves what the source does not have, though it had it before ($keep)',
    (plan) => {
      const pair = new Linked(plan, { source: { name: 'Ana' }, target: { name: 'Bo', phone: '+1' } })
      expect(pair.sync().target).toMatchObject({ fields: ['name'], values: { name: 'Ana' }, cleared: [] })
      pair.edit('source', {}, ['name'])
      expect(pair.sync().target).toBeUndefined()
      pair.edit('target', { name: 'Cy' }, ['phone'])
      expect(pair.sync().target).toBeUndefined()
      expect(pair.values.target).toEqual({ name: 'Cy' })
      pair.edit('source', { name: 'Dee' })
      expect(pair.sync().target?.values).toEqual({ name: 'Dee' })
    },
  )

  it.each([leaving, leavingHashes])('clears what the source says to be empty, once ($keep)', (plan) => {
    const pair = new Linked(plan, { source: {}, target: { name: 'Bo', 'customFields.plan': 'own' } })
    expect(pair.sync().target).toBeUndefined()
    pair.values.source = { name: null, customFields: null }
    expect(pair.sync().target).toMatchObject({ values: {}, cleared: ['customFields.plan', 'name'] })
    expect(pair.sync().target).toBeUndefined()
    pair.edit('target', { name: 'Cy' })
    expect(pair.sync().target?.cleared).toEqual(['name'])
  })

  it('leaves a name that the source does not have to the provider, where it writes a part of it', () => {
    const pair = new Linked(leaving, { source: { givenName: 'Ana' }, target: { name: 'Bo' } })
    expect(pair.sync().target).toMatchObject({
      values: { givenName: 'Ana' },
      answered: ['givenName', 'name'],
    })
  })

  it('puts back what was edited at the target', () => {
    const pair = new Linked(oneWay, { source: { name: 'Ana' }, target: {} })
    pair.sync()
    pair.edit('target', { name: 'Bo' })
    expect(pair.sync().target?.values).toEqual({ name: 'Ana' })
  })
})

describe('both directions', () => {
  const inConflict = (conflicts: Linked['plan']['conflicts']): Linked => {
    const pair = new Linked({ ...both, conflicts }, { source: { name: 'A' }, target: { name: 'A' } })
    pair.sync()
    pair.edit('source', { name: 'S' })
    pair.edit('target', { name: 'T' })
    return pair
  }

  it('take what one has and the other has not, when they meet', () => {
    const pair = new Linked(both, {
      source: { name: 'Ana' },
      target: { phone: '+1', 'customFields.plan': 1 },
    })
    pair.sync()
    expect(pair.values.source).toEqual({ name: 'Ana', phone: '+1', 'customFields.plan': 1 })
    expect(pair.differences()).toEqual([])
  })

  it.each([
    ['2026-01-02T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'S'],
    ['2026-01-01T00:00:00.000Z', '2026-01-01T01:00:00+00:30', 'T'],
    ['2026-01-01T00:00:00.000Z', '2026-01-01T01:00:00+01:00', undefined],
    ['2026-01-01T00:00:00.000Z', undefined, undefined],
    [undefined, '2026-01-01T00:00:00.000Z', undefined],
  ])('take the newer of %s and %s: %s', (source, target, winner) => {
    const pair = inConflict('newest')
    Object.assign(pair.editedAt, { source, target })
    const { review } = pair.sync()
    expect(review.length).toBe(winner === undefined ? 1 : 0)
    if (winner !== undefined)
      expect(pair.values).toEqual({ source: { name: winner }, target: { name: winner } })
  })

  it('leave a conflict for review as it is, with all that decides it, until somebody has decided', () => {
    const pair = inConflict('review')
    for (let run = 0; run < 3; run++) {
      expect(pair.sync()).toMatchObject({
        review: [{ field: 'name', key: 'k', source: 'S', target: 'T', base: 'A' }],
      })
      expect(pair.values).toEqual({ source: { name: 'S' }, target: { name: 'T' } })
    }
    const decided = { field: 'name', source: 'S', target: 'T', decision: { value: 'Both' } } as const
    expect(pair.sync([decided]).review).toEqual([])
    expect(pair.values).toEqual({ source: { name: 'Both' }, target: { name: 'Both' } })
  })

  it('carry out no decision about values that have changed since', () => {
    const pair = inConflict('review')
    pair.edit('target', { name: 'later' })
    const decided = { field: 'name', source: 'S', target: 'T', decision: 'source' } as const
    expect(pair.sync([decided]).review).toHaveLength(1)
  })

  it('ask a function of the user, which may clear the field on both sides', () => {
    const pair = inConflict(() => ({ value: null }))
    pair.sync()
    expect(pair.values).toEqual({ source: {}, target: {} })
  })

  describe('where the target makes a name of its parts', () => {
    const makesNames = (side: Side, values: FieldValues): FieldValues =>
      side === 'source' || values.name !== undefined || values.givenName === undefined
        ? values
        : { ...values, name: values.givenName }

    it('do not take it for an edit', () => {
      const pair = new Linked(both, { source: { givenName: 'Ana' }, target: {} }, makesNames)
      expect(pair.sync().target?.fields).toEqual(['givenName'])
      expect(pair.values.target.name).toBe('Ana')
      expect(pair.sync()).toMatchObject({ review: [], agreed: { source: { givenName: 'Ana' } } })
      expect(pair.values.source).toEqual({ givenName: 'Ana' })
    })

    it('write the name with the parts, so that it stays', () => {
      const pair = new Linked(both, { source: { name: 'A. S.' }, target: { name: 'A. S.' } })
      pair.sync()
      pair.edit('source', { givenName: 'Ana' })
      expect(pair.sync().target?.values).toEqual({ givenName: 'Ana', name: 'A. S.' })
    })

    it('leave a name that is to be decided as it is on each side', () => {
      const pair = inConflict('review')
      pair.edit('source', { givenName: 'Ana' })
      for (let run = 0; run < 2; run++)
        expect(pair.sync().review).toMatchObject([{ source: 'S', target: 'T', base: 'A' }])
      expect(pair.values.target).toEqual({ name: 'T', givenName: 'Ana' })
    })
  })

  it('refuse what is no choice', () => {
    const pair = inConflict(() => Object('newest'))
    expect(() => pair.sync()).toThrow("must return 'source', 'target', 'review' or { value }")
  })

  it('clear where one side has cleared, and let the edit win over nothing else', () => {
    const pair = inConflict('review')
    pair.edit('source', { name: 'A' })
    pair.edit('target', {}, ['name'])
    expect(pair.sync().source).toMatchObject({ fields: ['name'], values: {}, cleared: ['name'] })
  })
})
