import type { ContactMethodWrite } from '@anycontact/core/adapter-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContactMethodRecord } from '../api/wire.ts'
import { toContact, toMethod } from '../mapping.ts'
import { type MethodsWrite, planMethods, type Step } from './plan-methods.ts'

const TYPES = ['email', 'phone', 'mobile', 'fax', 'other'] as const
const text = fc.constantFrom('a', 'b', 'c', 'd')

/** The methods of a client, of which no two are primary for a type. */
const records: fc.Arbitrary<ContactMethodRecord[]> = fc
  .array(
    fc.record(
      {
        type: fc.constantFrom<string>(...TYPES, 'telegram'),
        value: text,
        isPrimary: fc.boolean(),
        isVerified: fc.boolean(),
        label: fc.option(text),
        externalId: fc.option(fc.uuid()),
        metadata: fc.option(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null)))),
      },
      { requiredKeys: ['type', 'value'] },
    ),
    { maxLength: 6 },
  )
  .map((given) => {
    const primaries = new Set<string>()
    return given.map((record, index): ContactMethodRecord => {
      const isPrimary = record.isPrimary === true && !primaries.has(record.type)
      if (isPrimary) primaries.add(record.type)
      return {
        ...record,
        id: `m${index}`,
        clientId: 'c',
        isPrimary,
        createdAt: new Date(index).toISOString(),
      }
    })
  })

const entry: fc.Arbitrary<ContactMethodWrite> = fc.record(
  {
    type: fc.constantFrom(...TYPES),
    value: text,
    primary: fc.boolean(),
    label: fc.option(text),
    customFields: fc.option(fc.dictionary(text, fc.oneof(text, fc.constant(null)))),
  },
  { requiredKeys: ['type', 'value'] },
)

/** What may be written: as the client hands it on, with one primary a type, and `email` and `phone` that agree. */
const write: fc.Arbitrary<MethodsWrite> = fc.oneof(
  fc.record({ email: fc.option(text), phone: fc.option(text) }, { requiredKeys: [] }),
  fc.array(entry, { maxLength: 6 }).map((entries) => {
    const primaries = new Set<string>()
    const contactMethods = entries.map((given) => {
      const primary = given.primary === true && !primaries.has(given.type)
      if (primary) primaries.add(given.type)
      return { ...given, primary }
    })
    const primaryOf = (type: string) =>
      contactMethods.find((one) => one.type === type && one.primary)?.value ?? null
    return { contactMethods, email: primaryOf('email'), phone: primaryOf('phone') }
  }),
)

/** What a server makes of the steps: one after the other, one primary a type. */
function applied(present: readonly ContactMethodRecord[], steps: readonly Step[]): ContactMethodRecord[] {
  let stored = [...present]
  let made = 0
  const keepOnePrimary = (id: string): void => {
    const winner = stored.find((record) => record.id === id)
    if (winner?.isPrimary !== true) return
    stored = stored.map((record) =>
      record.type === winner.type && record.id !== id ? { ...record, isPrimary: false } : record,
    )
  }
  for (const step of steps) {
    if (step.kind === 'delete') stored = stored.filter(({ id }) => id !== step.record.id)
    else if (step.kind === 'create') {
      const id = `new${made++}`
      stored.push({ ...step.fields, id, clientId: 'c', createdAt: new Date(1000 + made).toISOString() })
      keepOnePrimary(id)
    } else {
      const { id } = step.record
      stored = stored.map((record) => {
        const { type = record.type, value = record.value } = step.fields
        return record.id === id ? { ...record, ...step.fields, type, value, clientId: 'c' } : record
      })
      keepOnePrimary(id)
    }
  }
  return stored
}

const plan = (present: readonly ContactMethodRecord[], given: MethodsWrite): Step[] =>
  planMethods(present, given, { dropField() {} })

describe('planMethods', () => {
  it('brings the methods to what the write says', () => {
    fc.assert(
      fc.property(records, write, (present, given) => {
        const contact = toContact('c', applied(present, plan(present, given)))
        for (const field of ['email', 'phone'] as const) {
          if (given[field] !== undefined) expect(contact[field] ?? null).toBe(given[field])
        }
        if (!given.contactMethods) return
        const said = given.contactMethods.map(({ type, value, primary }) => [type, value, primary].join())
        expect(
          contact.contactMethods.map(({ type, value, primary }) => [type, value, primary].join()).sort(),
        ).toEqual(said.sort())
      }),
      { numRuns: 500 },
    )
  })

  it('plans nothing more once it is done', () => {
    fc.assert(
      fc.property(records, write, (present, given) => {
        expect(plan(applied(present, plan(present, given)), given)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('leaves no two primaries of a type', () => {
    fc.assert(
      fc.property(records, write, (present, given) => {
        const primaries = applied(present, plan(present, given)).filter(({ isPrimary }) => isPrimary)
        expect(new Set(primaries.map(({ type }) => type)).size).toBe(primaries.length)
      }),
    )
  })

  it('writes nothing of a contact that is written back as it was read', () => {
    fc.assert(
      fc.property(records, (present) => {
        const { contactMethods, email = null, phone = null } = toContact('c', present)
        const entries = contactMethods.map(({ createdAt: _c, updatedAt: _u, ...rest }) => rest)
        expect(plan(present, { contactMethods: entries, email, phone })).toEqual([])
      }),
    )
  })

  it('keeps ids, and what the write does not speak of', () => {
    fc.assert(
      fc.property(records, text, (present, email) => {
        const before = new Map(present.map((record) => [record.id, record]))
        for (const after of applied(present, plan(present, { email }))) {
          const old = before.get(after.id)
          if (!old) continue
          const { value: _v, isPrimary: _p, ...rest } = old
          expect(after).toMatchObject(rest)
        }
      }),
    )
  })

  describe('with two that are stored as primary, of which the contact shows one', () => {
    const stored = (id: string, type: string): ContactMethodRecord => ({
      id,
      clientId: 'c',
      type,
      value: id,
      isPrimary: true,
      updatedAt: new Date(id === 'shown' ? 2 : 1).toISOString(),
    })
    /** A type that is not known beside the known one, and a mistake of the vendor's. */
    const pairs = [
      ['other', stored('hidden', 'telegram'), stored('shown', 'other')],
      ['other', stored('hidden', 'other'), stored('shown', 'telegram')],
      ['email', stored('hidden', 'email'), stored('shown', 'email')],
    ] as const
    const told = (steps: readonly Step[]) =>
      steps.map((step) => {
        if (step.kind === 'create') return [step.kind]
        return [step.kind, step.record.id, step.kind === 'update' ? step.fields : {}]
      })

    it.each(pairs)('demotes both (%#)', (type, ...present) => {
      const contactMethods: ContactMethodWrite[] = ['hidden', 'shown'].map((id) => ({
        id,
        type,
        value: id,
        primary: false,
      }))
      expect(told(plan(present, { contactMethods })).sort()).toEqual([
        ['update', 'hidden', { isPrimary: false }],
        ['update', 'shown', { isPrimary: false }],
      ])
    })

    it.each(pairs)('demotes the hidden one when the other goes (%#)', (type, ...present) => {
      const contactMethods: ContactMethodWrite[] = [{ id: 'hidden', type, value: 'hidden', primary: false }]
      expect(told(plan(present, { contactMethods }))).toEqual([
        ['delete', 'shown', {}],
        ['update', 'hidden', { isPrimary: false }],
      ])
    })

    it.each(pairs)(
      'demotes the hidden one when it changes, which would make it the newer (%#)',
      (type, ...present) => {
        const contactMethods: ContactMethodWrite[] = [
          { id: 'hidden', type, value: 'hidden', label: 'new', primary: false },
          { id: 'shown', type, value: 'shown', primary: true },
        ]
        expect(told(plan(present, { contactMethods }))).toEqual([
          ['update', 'hidden', { label: 'new', isPrimary: false }],
        ])
      },
    )

    it.each(pairs)('makes the hidden one the primary (%#)', (type, ...present) => {
      const contactMethods: ContactMethodWrite[] = [
        { id: 'hidden', type, value: 'hidden', primary: true },
        { id: 'shown', type, value: 'shown', primary: false },
      ]
      expect(told(plan(present, { contactMethods })).sort()).toEqual([
        ['update', 'hidden', { isPrimary: true }],
        ['update', 'shown', { isPrimary: false }],
      ])
    })

    it.each(pairs)('leaves them alone while nothing is said of them (%#)', (_type, ...present) => {
      expect(plan(present, { phone: 'a' })).toMatchObject([{ kind: 'create' }])
    })

    it('email: null takes away the one that is shown, and brings no other to light', () => {
      const [, , [, ...mistake]] = pairs
      expect(told(plan(mistake, { email: null }))).toEqual([
        ['delete', 'shown', {}],
        ['update', 'hidden', { isPrimary: false }],
      ])
    })
  })

  it('takes a method named by its id before one that has the value', () => {
    const present = ['x', 'y'].map(
      (id): ContactMethodRecord => ({ id, clientId: 'c', type: 'fax', value: id === 'x' ? '1' : '2' }),
    )
    const contactMethods = [
      { type: 'fax' as const, value: '1' },
      { id: 'x', type: 'fax' as const, value: '3' },
    ]
    expect(
      plan(present, { contactMethods }).map((step) => [
        step.kind,
        step.kind === 'create' ? '1' : step.record.id,
      ]),
    ).toEqual([
      ['delete', 'y'],
      ['update', 'x'],
      ['create', '1'],
    ])
  })
})

describe('toMethod', () => {
  it('says of a record what it says, and survives JSON', () => {
    fc.assert(
      fc.property(records, (given) => {
        for (const record of given) {
          const method = toMethod(record)
          expect(JSON.parse(JSON.stringify(method))).toEqual(method)
          expect([method.id, method.value, method.primary]).toEqual([
            record.id,
            record.value,
            record.isPrimary === true,
          ])
          expect(method.label ?? null).toBe(record.label || null)
          expect(method.type).toBe(record.type === 'telegram' ? 'other' : record.type)
          expect(Object.values(method.customFields ?? {})).not.toContain(null)
        }
      }),
    )
  })

  it('is the same contact in whatever order the records come', () => {
    fc.assert(
      fc.property(records, (given) => {
        expect(toContact('c', [...given].reverse())).toEqual(toContact('c', given))
      }),
    )
  })
})
