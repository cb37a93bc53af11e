import type { ChatBotKitContacts } from '@anycontact/chatbotkit'
import type { ListQuery } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { answerBytes, type CutServer, cutServer, namesAt, namesOf } from './cut-answers.ts'

/** What happens at the server between the cut and the next request, given the ids that came. */
const MEANWHILE = {
  'the last contact is deleted': async ({ contacts }, ids) => remove(contacts, ids.slice(-1)),
  'the one before the last is deleted': async ({ contacts }, ids) => remove(contacts, ids.slice(-2, -1)),
  'the last two are deleted': async ({ contacts }, ids) => remove(contacts, ids.slice(-2)),
  'all that came are deleted': async ({ contacts }, ids) => remove(contacts, ids),
  'a contact is created': async ({ vendor }) => {
    const [{ createdAt = 0 } = {}] = vendor.contacts.slice(-1)
    vendor.seed([{ name: 'new', createdAt, meta: { plan: 'pro' } }])
  },
  'the last contact leaves the filter': async ({ contacts }, ids) => change(contacts, ids.slice(-1)),
  'the last two leave the filter': async ({ contacts }, ids) => change(contacts, ids.slice(-2)),
} satisfies Record<string, (server: CutServer, ids: readonly string[]) => Promise<void>>

async function change(contacts: ChatBotKitContacts, ids: readonly string[]): Promise<void> {
  for (const id of ids) await contacts.update(id, { customFields: { plan: 'free' } })
}

async function remove(contacts: ChatBotKitContacts, ids: readonly string[]): Promise<void> {
  for (const id of ids) await contacts.delete(id)
}

const everyone = async ({ contacts }: CutServer, query: ListQuery<'createdAt'>): Promise<string[]> =>
  namesOf(await contacts.list(query).toArray())

/** The vendor-shaped stream: contacts of a filter come to the normalized client by pages. */
async function filtered({ face }: CutServer): Promise<string[]> {
  const given: string[] = []
  for await (const { data } of face.list({ meta: { plan: 'pro' } }).stream()) given.push(data.name ?? '')
  return given
}

describe.each(Object.entries(MEANWHILE))(
  'a streamed listing, cut after any byte, when %s',
  (_, meanwhile) => {
    it.each([
      ['gracefully, newest first', {}, false],
      ['gracefully, oldest first of equal times', { orderBy: { field: 'createdAt' } }, true],
      ['gracefully, filtered, of equal times', { where: { customFields: { plan: 'pro' } } }, true],
      ['by reset, filtered', { where: { customFields: { plan: 'pro' } } }, false],
    ] as const)('gives those who were there throughout once: %s', async (name, query, isSameTime) => {
      const ending = name.startsWith('by reset') ? 'by reset' : 'gracefully'
      const kept = { count: 4, isSameTime }
      const size = await answerBytes(kept, 'list', 'application/jsonl', 'plain')
      for (let afterBytes = 0; afterBytes <= size; afterBytes++) {
        const cut = { request: 0, afterBytes, ending, dress: 'plain' } as const
        const server = cutServer(kept, cut, meanwhile)
        const before = namesAt(server)
        const given = 'where' in query ? await filtered(server) : await everyone(server, query)
        expect(new Set(given).size, `cut after ${afterBytes}: ${given}`).toBe(given.length)
        const throughout = namesAt(server, ({ meta }) => !('where' in query) || meta?.plan === 'pro').filter(
          (contact) => before.includes(contact),
        )
        if ('orderBy' in query) throughout.reverse()
        expect(
          given.filter((name) => throughout.includes(name)),
          `cut after ${afterBytes} of ${size} bytes`,
        ).toEqual(throughout)
      }
    })
  },
)
