import type { Contact } from '@anycontact/core'
import {
  DUPLICATE_KEYS,
  type DuplicateGroup,
  type DuplicateKey,
  type DuplicateReport,
  findDuplicates,
} from '@anycontact/sync'
import * as v from 'valibot'
import { type Answer, fittingRows } from '../answer/answer.ts'
import { type Row, row } from '../answer/contact-row.ts'
import { Cursors } from '../cursors.ts'
import { READS, type Tool, type ToolCall, tool, type Workshop } from './tool.ts'

/** How many groups an answer has at most. */
const MOST_GROUPS = 20

/** How many contacts of a group are shown. */
const SHOWN_OF_GROUP = 10

/** After how many contacts progress is told. */
const TELL_EACH = 500

/** The reports of so many searches are kept; each holds some hundred bytes a contact that was found. */
const OPEN_REPORTS = 5

interface Found {
  readonly report: DuplicateReport
  /** Whether reading ended before the listing did. */
  readonly isCut: boolean
  readonly from: number
}

/** Makes `find_duplicates`. */
export function duplicatesTool({ contacts, settings }: Workshop): Tool {
  const cursors = new Cursors<Found>('find_duplicates', OPEN_REPORTS, settings.randomBytes)
  const { maxRead } = settings

  async function search(by: readonly DuplicateKey[], { signal, progress }: ToolCall): Promise<Found> {
    const listing = contacts.list({ signal })
    let isCut = false
    async function* bounded(): AsyncGenerator<Contact> {
      let read = 0
      for await (const contact of listing) {
        if (read++ === maxRead) {
          isCut = true
          return
        }
        if (read % TELL_EACH === 0) progress(read)
        yield contact
      }
    }
    const report = await findDuplicates(bounded(), { by, signal })
    return { report, isCut: isCut || listing.complete === false, from: 0 }
  }

  return tool({
    name: 'find_duplicates',
    title: 'Find duplicates',
    description: `Reads the contacts of ${contacts.provider}, at most ${maxRead}, and tells which may be the same person: those that share an email address or a phone number, or have like names and share one of these or a mail domain of a company. At most ${MOST_GROUPS} groups an answer. Changes nothing.`,
    input: v.strictObject({
      by: v.optional(
        v.pipe(
          v.array(v.picklist(DUPLICATE_KEYS)),
          v.minLength(1),
          v.description('What is compared. Default: all. A name alone never makes two contacts one.'),
        ),
      ),
      cursor: v.optional(v.pipe(v.string(), v.description('The nextCursor of the answer before.'))),
    }),
    annotations: READS,
    async run({ by, cursor }, call) {
      const known = cursor === undefined ? undefined : cursors.read(cursor, { by })
      const position = known ?? { query: { by }, place: await search(by ?? DUPLICATE_KEYS, call) }
      const { place } = position
      const { groups } = place.report
      const rows = groups.slice(place.from, place.from + MOST_GROUPS).map(groupRow)
      const shown = rows.slice(0, fittingRows(rows, settings))
      const from = place.from + shown.length
      const nextCursor =
        from < groups.length ? cursors.open({ query: position.query, place: { ...place, from } }) : undefined
      return { head: headOf(place, shown.length, nextCursor), rows: shown }
    },
  })
}

function headOf({ report, isCut }: Found, count: number, nextCursor: string | undefined): Answer['head'] {
  const crowds = report.crowds.length
  return {
    groups: count,
    groupsInAll: report.groups.length,
    contactsRead: report.read,
    ...(nextCursor !== undefined && { nextCursor }),
    ...(isCut && { incomplete: 'Not all contacts were read: there may be more duplicates.' }),
    ...(crowds > 0 && {
      sharedByMany: `${crowds} addresses, numbers or surnames are shared by too many contacts to say anything.`,
    }),
  }
}

function groupRow({ contacts, reasons }: DuplicateGroup): Row {
  const values = {
    contacts: contacts.slice(0, SHOWN_OF_GROUP).map(({ provider: _provider, ...contact }) => contact),
    ...(contacts.length > SHOWN_OF_GROUP && { contactsInAll: contacts.length }),
    reasons: reasons.slice(0, SHOWN_OF_GROUP).map(({ why, detail, contacts: those }) => ({
      why,
      detail,
      ids: those.slice(0, SHOWN_OF_GROUP).map(({ id }) => id),
    })),
  }
  return row(values, 'several')
}
