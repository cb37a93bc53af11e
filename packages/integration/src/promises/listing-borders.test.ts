import { channelInbox } from '@anycontact/channel-inbox'
import { cognipeer } from '@anycontact/cognipeer'
import type { ContactsWith, FetchFunction } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  createEmulator,
} from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { createTestClock } from '../clock.ts'

const NEWEST_FIRST = { field: 'createdAt', direction: 'desc' } as const

/** A vendor whose pages are numbered, with 40 contacts. */
interface Numbered {
  readonly name: string
  open(between: (send: FetchFunction) => FetchFunction): {
    readonly contacts: ContactsWith<'list'>
    /** Puts a contact before all others. */
    insert(): void
    /** Takes the contact away that comes first; absent where that cannot be emulated. */
    readonly remove?: () => void
  }
}

const numbers = Array.from({ length: 40 }, (_, n) => n)

const NUMBERED: readonly Numbered[] = [
  {
    name: 'cognipeer',
    open(between) {
      const clock = createTestClock()
      const vendor = createEmulator({ now: clock.now, seed: 1 }).cognipeer
      vendor.seed(numbers.map((n) => ({ name: `n${n}` })))
      const contacts = cognipeer({
        token: COGNIPEER_TOKEN,
        hookId: COGNIPEER_HOOK_ID,
        fetch: between(vendor.fetch),
        clock,
        random: () => 0.5,
      })
      return {
        contacts,
        insert: () => void vendor.seed([{ name: 'newest' }]),
        remove: () => void vendor.softDelete(vendor.contacts.findLast(({ deleted }) => !deleted)?._id ?? ''),
      }
    },
  },
  {
    name: 'channel-inbox',
    open(between) {
      const clock = createTestClock()
      const vendor = createEmulator({ now: clock.now, seed: 1 }).channelInbox
      vendor.seed(numbers.map((n) => ({ display_name: `n${n}` })))
      const contacts = channelInbox({
        apiKey: CHANNEL_INBOX_API_KEY,
        fetch: between(vendor.fetch),
        clock,
        random: () => 0.5,
      })
      return { contacts, insert: () => void vendor.seed([{ display_name: 'newest' }]) }
    },
  },
]

describe.each([...NUMBERED])('the border of two pages of $name', ({ open }) => {
  it('loses nobody where page 3 is answered before page 2, and a contact comes between the two', async () => {
    let reads = 0
    let answered = (): void => {}
    const third = new Promise<void>((resolve) => {
      answered = resolve
    })
    const { contacts, insert } = open((send) => async (input, init) => {
      const read = ++reads
      if (read === 2) await third
      const answer = await send(input, init)
      if (read === 3) {
        insert()
        answered()
      }
      return answer
    })
    const before = (
      await open((send) => send)
        .contacts.list()
        .toArray()
    ).length
    const came = await contacts.list({ pageSize: 10, orderBy: NEWEST_FIRST }).toArray()
    const ids = came.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(came.filter(({ name }) => name !== 'newest')).toHaveLength(before)
  })

  it('loses nobody where contacts before it go between two pages', async () => {
    let reads = 0
    let remove: (() => void) | undefined
    const opened = open((send) => async (input, init) => {
      if (++reads === 2) for (let count = 0; count < 3; count++) remove?.()
      return send(input, init)
    })
    remove = opened.remove
    const came = await opened.contacts.list({ pageSize: 10, orderBy: NEWEST_FIRST }).toArray()
    expect(new Set(came.map(({ name }) => name)).size).toBe(40)
    expect(came).toHaveLength(40)
  })
})
