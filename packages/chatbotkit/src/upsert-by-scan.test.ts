import { type ContactInput, copyContacts } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './testing/setup.ts'

describe('a copy by phone', () => {
  it('tells in a dry run what it then does, whatever the spelling', async () => {
    const { contacts } = setup()
    const source = setup({}, { chatbotkit: {} })
    await contacts.create({ name: 'Ana', phone: '+14155552671' })
    source.vendor.seed([
      { name: 'Ana', phone: '(415) 555-2671' },
      { name: 'Bo', phone: '+442079460958' },
    ])
    const options = { by: 'phone', scan: true, unsupportedFields: 'drop' } as const
    const map = ({ externalId: _own, ...input }: ContactInput): ContactInput => input
    const planned = await copyContacts(source.contacts, contacts, { ...options, map, dryRun: true })
    expect(planned).toMatchObject({ created: 1, updated: 0, unchanged: 1, failed: [] })
    const done = await copyContacts(source.contacts, contacts, { ...options, map })
    expect({ ...done, dryRun: true }).toEqual(planned)
  })
})

describe('upsert by email', () => {
  it('is a scan, and must be asked for', async () => {
    const { contacts, requests } = setup()
    // @ts-expect-error -- by email it takes scan: true
    const error = await failure(contacts.upsert({ email: 'ana@example.com' }, { by: 'email' }))
    expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining('scan: true') })
    expect(requests()).toEqual([])
  })

  it('tells created, unchanged and updated apart', async () => {
    const { contacts } = setup()
    const options = { by: 'email', scan: true } as const
    expect((await contacts.upsert({ email: 'ana@example.com' }, options)).outcome).toBe('created')
    expect((await contacts.upsert({ email: 'ana@example.com' }, options)).outcome).toBe('unchanged')
    expect((await contacts.upsert({ email: 'ana@example.com', name: 'Ana' }, options)).outcome).toBe(
      'updated',
    )
  })

  it('lists once a batch', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ email: 'ana@example.com', name: 'Ana' }])
    const items = ['ana', 'bo', 'bo'].map((name) => ({ email: `${name}@example.com`, note: 'x' }))
    const { succeeded } = await contacts.upsertMany(items, { by: 'email', scan: true })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['updated', 'created', 'unchanged'])
    expect(vendor.requests.filter(({ headers }) => headers.accept === 'application/jsonl')).toHaveLength(1)
  })
})

describe('upsert by phone', () => {
  it('finds the contact however the number is written', async () => {
    const { contacts, vendor } = setup()
    const options = { by: 'phone', scan: true } as const
    const spellings = ['(415) 555-2671', '+14155552671', '+1 415-555-2671', '1 415 555 2671', '415.555.2671']
    const outcomes: string[] = []
    for (const phone of spellings)
      outcomes.push((await contacts.upsert({ phone, name: 'Ana' }, options)).outcome)
    expect(outcomes).toEqual(['created', ...spellings.slice(1).map(() => 'unchanged')])

    const { failed, succeeded } = await contacts.upsertMany(
      ['+44 20 7946 0958', '+44 (0)20 7946 0958', '+442079460958'].map((phone) => ({ phone })),
      options,
    )
    expect(failed).toEqual([])
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged', 'unchanged'])
    expect(vendor.contacts.map(({ phone }) => phone)).toEqual(['+14155552671', '+442079460958'])
    expect(await contacts.find({ phone: '(415) 555-2671' }, { scan: true })).toMatchObject({ name: 'Ana' })
  })
})
