import { readFileSync } from 'node:fs'
import { copyContacts } from '@anycontact/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { keyOf } from './compare.ts'
import { variedContacts } from './contacts.ts'
import { CONTACT_COUNT, copyTable, withTable } from './copy-table.ts'
import { type Copy, copyAround, countFates, lostInSilence, SOURCES, TARGETS, toldInVain } from './copying.ts'
import { clients } from './providers.ts'

const routes = SOURCES.flatMap((from) =>
  TARGETS.flatMap((to) =>
    // An inbox has no place for the keys by which others find a contact again.
    ([from, to].includes('channel-inbox') ? [false] : [false, true]).map((back) => ({ from, to, back })),
  ),
)

describe(`${CONTACT_COUNT} varied contacts, copied around`, () => {
  let copies: readonly Copy[]

  beforeAll(async () => {
    copies = await copyAround(CONTACT_COUNT)
  }, 300_000)

  const find = ({ from, to, back }: Pick<Copy, 'from' | 'to' | 'back'>): Copy => {
    const found = copies.find((copy) => copy.from === from && copy.to === to && copy.back === back)
    if (!found) throw new Error('There is no such copy.')
    return found
  }

  it('goes between all providers that can read and upsert', () => {
    expect(copies.map(({ from, to, back }) => ({ from, to, back }))).toEqual(routes)
    expect(find({ from: 'memory', to: 'chatbotkit', back: false }).report.read).toBe(CONTACT_COUNT)
  })

  it.each(routes)('loses nothing in silence: from $from to $to, back: $back', (route) => {
    const { report, step, missing } = find(route)
    expect(missing).toEqual([])
    expect(report).toMatchObject({ updated: 0, unchanged: 0, skipped: 0, dryRun: false })
    expect(report.created + report.failed.length).toBe(report.read)
    expect(lostInSilence(step, report)).toEqual([])
    expect(toldInVain(step, report)).toEqual([])
  })

  it.each(routes)('adds nothing but what the target itself does: from $from to $to, back: $back', (route) => {
    const { from, to, back, added } = find(route)
    // ChatBotKit takes a contact that a trusted token makes for verified; an inbox puts the shown name together from the parts.
    const own = { chatbotkit: ['verifiedAt'], 'channel-inbox': ['name'] }
    const target = back ? from : to
    expect(Object.entries(own).find(([name]) => name === target)?.[1] ?? []).toEqual(
      expect.arrayContaining([...added]),
    )
  })

  it.each(routes)('fails only for a reason that is known: from $from to $to, back: $back', (route) => {
    const { from, to, back, report } = find(route)
    const target = back ? from : to
    const paths = new Set(
      report.failed.flatMap(({ error }) => error.issues?.map(({ path }) => path) ?? error.code),
    )
    // A client without any address is none there; an email is the key here; the start of 1970 is "not given" there.
    const known = {
      'contact-methods': ['contactMethods'],
      'channel-inbox': ['email'],
      chatbotkit: ['verifiedAt'],
    }
    expect(Object.entries(known).find(([name]) => name === target)?.[1] ?? []).toEqual(
      expect.arrayContaining([...paths]),
    )
  })

  it('keeps everything between two of a kind', () => {
    for (const name of TARGETS) {
      // A contact that is updated has more there than one that is created.
      if (name === 'channel-inbox') continue
      for (const back of [false, true]) {
        const { whole, report, original, arrived } = find({ from: name, to: name, back })
        expect(report.dropped).toEqual({})
        expect(arrived).toBe(original)
        for (const [field, fates] of whole) expect({ field, ...fates }).toMatchObject({ changed: 0, lost: 0 })
      }
    }
  })

  it('comes to what the guide says', () => {
    const page = readFileSync(new URL('../../../docs/guides/copying.md', import.meta.url), 'utf8')
    expect(withTable(page, copyTable(copies)), 'stale: run `pnpm docs:copy-table`').toBe(page)
  })
})

describe('the checks of a report', () => {
  it('see a field that is left out and not reported', async () => {
    const [from, to] = [clients.memory(), clients.cognipeer()]
    await from.createMany(variedContacts(50))
    const report = await copyContacts(from, to, { map: ({ name, ...rest }) => rest })
    const arrived = new Map((await to.list().toArray()).map((contact) => [keyOf(contact), contact]))
    const step = countFates(await from.list().toArray(), arrived)
    expect(lostInSilence(step, report)).toEqual(['name'])
    expect(toldInVain(step, report)).toEqual([])
  })

  it('see a report of a loss that did not happen', async () => {
    const [from, to] = [clients.memory(), clients.memory()]
    await from.createMany(variedContacts(50))
    const report = await copyContacts(from, to)
    const arrived = new Map((await to.list().toArray()).map((contact) => [keyOf(contact), contact]))
    const step = countFates(await from.list().toArray(), arrived)
    expect(toldInVain(step, { ...report, dropped: { tags: 1 } })).toEqual(['tags'])
  })
})
