import { readFile, rename, writeFile } from 'node:fs/promises'
import { type Contact, type ContactsWith, exportCsv } from '@anycontact/chatbotkit'

/** What an export is told. */
export interface ExportOptions {
  /** Where the rows go. The file is there whole or not at all. */
  readonly file: string
  /** Where the mark is kept from one run to the next. */
  readonly markFile: string
  /** How far before the mark is read again: for a provider whose servers' clocks differ, or whose replicas lag. @default 5 minutes */
  readonly overlapMs?: number
}

/**
 * Writes every contact that was changed since the run before, and at the first run all. A contact can come again although nothing
 * changed; none is left out.
 *
 * @returns how many rows were written
 */
export async function exportChanged(contacts: ContactsWith<'list'>, options: ExportOptions): Promise<number> {
  const { file, markFile, overlapMs = 300_000 } = options
  const mark = Date.parse(await readFile(markFile, 'utf8').catch(whenMissing)) || Number.NEGATIVE_INFINITY
  const since = mark - overlapMs
  const startedAt = performance.now()
  const everyone = contacts.list({ includeDeleted: true })
  let newest = mark
  let rows = 0

  async function* changed(): AsyncGenerator<Contact> {
    for await (const contact of everyone) {
      const changedAt = lastChange(contact)
      if (changedAt !== undefined && changedAt > newest) newest = changedAt
      if (changedAt !== undefined && changedAt < since) continue
      rows++
      yield contact
    }
  }

  const csv = exportCsv({ list: changed }, { formulaEscape: false })
  await writeFile(`${file}.part`, csv, { mode: 0o600 })
  if (!everyone.complete) throw new Error('The listing may lack contacts: the mark stays where it was.')
  await rename(`${file}.part`, file)

  // Who was changed after they were read may have an earlier time than the newest that was seen, by as much as the reading took.
  const next = newest - Math.ceil(performance.now() - startedAt)
  if (next > mark) {
    await writeFile(`${markFile}.part`, new Date(next).toISOString())
    await rename(`${markFile}.part`, markFile)
  }
  return rows
}

/** The newest time on a contact; where the provider tells none, whether it changed is not known, and it is written each time. */
function lastChange(contact: Contact): number | undefined {
  const times = [contact, ...contact.contactMethods].flatMap(({ updatedAt, createdAt }) => {
    const time = updatedAt ?? createdAt
    return time === undefined ? [] : [Date.parse(time)]
  })
  return times.length === 0 ? undefined : Math.max(...times)
}

function whenMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}
