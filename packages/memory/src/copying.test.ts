import { type ContactInput, copyContacts } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { memory } from './memory.ts'

const full: ContactInput = {
  externalId: 'user-1',
  name: 'Ana Souza',
  givenName: 'Ana',
  familyName: 'Souza',
  nickname: 'ana',
  contactMethods: [
    { type: 'email', value: 'ana@example.com', primary: true, label: 'work' },
    { type: 'email', value: 'ana@example.org' },
    { type: 'mobile', value: '+351912345678', primary: true },
  ],
  avatarUrl: 'https://example.com/a.png',
  note: 'x',
  locale: 'pt-BR',
  timezone: 'Europe/Lisbon',
  tags: ['vip'],
  status: 'active',
  customFields: { plan: 'pro', nested: { a: [1, null] } },
  verifiedAt: '2026-01-01T00:00:00.000Z',
}

describe('copyContacts', () => {
  it('takes over every field, and a second time changes nothing', async () => {
    const [from, to] = [memory(), memory()]
    await from.create(full)
    expect(await copyContacts(from, to)).toEqual({
      read: 1,
      created: 1,
      updated: 0,
      unchanged: 0,
      stored: 0,
      skipped: 0,
      failed: [],
      dropped: {},
      complete: true,
      warnings: [],
      dryRun: false,
    })
    const copied = await to.get({ externalId: 'user-1' })
    expect(copied).toMatchObject({ ...full, contactMethods: expect.anything(), email: 'ana@example.com' })
    expect(copied.contactMethods).toMatchObject(full.contactMethods ?? [])
    expect(await copyContacts(from, to)).toMatchObject({ created: 0, unchanged: 1 })
    await from.update({ externalId: 'user-1' }, { note: 'y' })
    expect(await copyContacts(from, to)).toMatchObject({ updated: 1, unchanged: 0 })
    expect(await to.get({ externalId: 'user-1' })).toMatchObject({ note: 'y' })
  })

  it('takes provider and id at the source for the key of a contact that has none', async () => {
    const [from, to] = [memory(), memory()]
    const { id } = await from.create({ name: 'Bo' })
    await copyContacts(from, to)
    expect(await to.get({ externalId: `memory:${id}` })).toMatchObject({ name: 'Bo' })
    await copyContacts(from, to, { by: 'id' })
    expect(await to.get(`memory:${id}`)).toMatchObject({ name: 'Bo' })
  })

  it('tells of those that fail, by their id at the source, and goes on', async () => {
    const [from, to] = [memory(), memory()]
    const bad = await from.create({ name: 'No Mail' })
    await from.create({ name: 'Ana', email: 'ana@example.com' })
    const report = await copyContacts(from, to, { by: 'email' })
    expect(report).toMatchObject({ read: 2, created: 1, failed: [{ id: bad.id }] })
    expect(report.failed[0]?.error).toMatchObject({ code: 'invalid_input', issues: [{ path: 'email' }] })
  })

  it('writes nothing in a dry run, and tells the same', async () => {
    const [from, to] = [memory(), memory()]
    await from.createMany(['a', 'b', 'c'].map((name) => ({ externalId: name, name })))
    await to.createMany([
      { externalId: 'a', name: 'a' },
      { externalId: 'b', name: 'other' },
    ])
    const before = to.api.snapshot()
    const expected = { read: 3, created: 1, updated: 1, unchanged: 1 }
    expect(await copyContacts(from, to, { dryRun: true })).toMatchObject({ ...expected, dryRun: true })
    expect(to.api.snapshot()).toEqual(before)
    expect(await copyContacts(from, to)).toMatchObject({ ...expected, dryRun: false })
  })

  it('copies what where says, as map makes it', async () => {
    const [from, to] = [memory(), memory()]
    await from.createMany(
      ['a', 'b', 'c'].map((name) => ({ externalId: name, name, tags: [name === 'c' ? 'no' : 'yes'] })),
    )
    const progress: number[] = []
    const report = await copyContacts(from, to, {
      where: { tags: 'yes' },
      map: (input, { name }) => (name === 'b' ? undefined : { ...input, name: `${name}!` }),
      onProgress: ({ created }) => progress.push(created),
    })
    expect(report).toMatchObject({ read: 2, created: 1, skipped: 1 })
    expect(progress).toEqual([1])
    expect(await to.list().toArray()).toMatchObject([{ name: 'a!' }])
  })

  it('ends with the reason of an abort', async () => {
    const [from, to] = [memory(), memory()]
    await from.createMany(Array.from({ length: 50 }, (_, index) => ({ externalId: `user-${index}` })))
    const controller = new AbortController()
    const reason = { mine: true }
    const copying = copyContacts(from, to, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    })
    await expect(copying).rejects.toBe(reason)
  })

  it('tells what it would do through a wrapper of the client, too', async () => {
    const from = memory({ contacts: [{ externalId: 'user-1', name: 'Ana' }] })
    const to = memory()
    const report = await copyContacts(from, { ...to }, { dryRun: true })
    expect(report).toMatchObject({ read: 1, created: 1, dryRun: true })
    expect(to.api.snapshot().contacts).toEqual([])
  })
})
