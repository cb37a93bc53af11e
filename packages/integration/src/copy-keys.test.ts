import { copyContacts } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { variedContacts } from './contacts.ts'
import { clients } from './providers.ts'

describe('the key of a copy', () => {
  it('is refused before anything is read where the target does not upsert by it', async () => {
    const from = clients.memory()
    await from.create({ name: 'Ana', email: 'ana@example.com' })
    const read: string[] = []
    const options = {
      map: <Input>(input: Input) => {
        read.push('one')
        return input
      },
    }
    const refused = { code: 'unsupported', operation: 'upsertMany' }
    for (const dryRun of [false, true]) {
      const to = clients['contact-methods']()
      await expect(copyContacts(from, to, { ...options, dryRun })).rejects.toMatchObject(refused)
      const unscanned = copyContacts(from, clients.chatbotkit(), { ...options, by: 'email', dryRun })
      await expect(unscanned).rejects.toMatchObject(refused)
    }
    const toInbox = copyContacts(from, clients['channel-inbox'](), options)
    await expect(toInbox).rejects.toThrow('by email with { scan: true }, or by phone with { scan: true }')
    expect(read).toEqual([])
    const scanned = await copyContacts(from, clients.chatbotkit(), { by: 'email', scan: true })
    expect(scanned).toMatchObject({ created: 1, failed: [] })
  })

  it('is refused in words that name every key that there is', async () => {
    const copying = copyContacts(clients.memory(), clients['channel-inbox']())
    const words = 'Copy by email with { scan: true }, or by phone with { scan: true }.'
    await expect(copying).rejects.toMatchObject({ message: expect.stringContaining(words) })
  })

  it.each([
    { name: 'chatbotkit', make: clients.chatbotkit, by: 'externalId' },
    { name: 'cognipeer', make: clients.cognipeer, by: 'externalId' },
    { name: 'contact-methods', make: clients['contact-methods'], by: 'id' },
  ] as const)(
    'lets a copy to $name be repeated: the second time nothing is written',
    async ({ make, by }) => {
      const [from, to] = [clients.memory(), make()]
      await from.createMany(variedContacts(60))
      const first = await copyContacts(from, to, { by })
      const second = await copyContacts(from, to, { by })
      expect(first.created).toBeGreaterThan(50)
      expect(second).toMatchObject({ created: 0, updated: 0, unchanged: first.created })
      expect(second.dropped).toEqual(first.dropped)
    },
  )
})

describe('an error of the caller', () => {
  it.each(['map', 'onProgress'])('ends the copy: %s', async (name) => {
    const from = clients.memory()
    await from.create({ name: 'Ana' })
    const mine = new Error('mine')
    const fail = (): never => {
      throw mine
    }
    await expect(copyContacts(from, clients.memory(), { [name]: fail })).rejects.toBe(mine)
  })
})
