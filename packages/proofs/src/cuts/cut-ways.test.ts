import { copyContacts, exportCsv } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { type CutServer, cutServer, lineBorders, namesAt, namesOf } from './cut-answers.ts'

const TWELVE = { count: 12 }

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const given: T[] = []
  for await (const item of items) given.push(item)
  return given
}

/** Every way in which a whole listing is read. */
const WAYS: Record<string, (server: CutServer) => Promise<readonly string[]>> = {
  'for await': async ({ contacts }) => namesOf(await all(contacts.list())),
  'toArray()': async ({ contacts }) => namesOf(await contacts.list().toArray()),
  'toArray({ limit })': async ({ contacts }) => namesOf(await contacts.list().toArray({ limit: 100 })),
  search: async ({ contacts }) => namesOf(await all(contacts.search('Zoë'))),
  exportCsv: async ({ contacts }) => {
    const text = (await all(exportCsv(contacts, { columns: ['name'], header: false }))).join('')
    return text.trimEnd().split('\r\n')
  },
  copyContacts: async ({ contacts }) => {
    const target = memory()
    await copyContacts(contacts, target)
    return namesOf(await target.list().toArray())
  },
  'list().stream()': async ({ face }) => namesOf((await all(face.list().stream())).map(({ data }) => data)),
  'list({ take }).stream()': async ({ face }) =>
    namesOf((await all(face.list({ take: 50 }).stream())).map(({ data }) => data)),
}

describe.each(Object.entries(WAYS))('read by %s', (_, read) => {
  it('a listing is whole, whichever line its answer ends after', async () => {
    const borders = await lineBorders(TWELVE)
    expect(borders).toHaveLength(13)
    for (const afterBytes of borders) {
      const server = cutServer(TWELVE, { request: 0, afterBytes, ending: 'gracefully', dress: 'plain' })
      expect((await read(server)).toSorted(), `cut after ${afterBytes} bytes`).toEqual(
        namesAt(server).toSorted(),
      )
      expect(server.warnings).toEqual([])
    }
  })
})
