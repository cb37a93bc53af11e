import type { Contact, Page } from '@anycontact/core'
import * as v from 'valibot'
import type { Answer } from '../answer/answer.ts'
import { LIST_FIELDS, READABLE_FIELDS, type ReadableField } from '../answer/contact-row.ts'
import { Cursors } from '../cursors.ts'
import type { Settings } from '../options.ts'
import {
  MOST_CONTACTS,
  PAGES_AN_ANSWER,
  type Place,
  type Reading,
  readContacts,
  USUAL_CONTACTS,
} from './reading.ts'

/** So many cursors of a tool can be open. */
const OPEN_CURSORS = 100

/** What tools take that answer several contacts. */
export const pageEntries = {
  fields: v.optional(
    v.pipe(
      v.array(v.picklist(READABLE_FIELDS)),
      v.description(`Which fields are shown, beside id. Default: ${LIST_FIELDS.join(', ')}.`),
    ),
  ),
  limit: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(MOST_CONTACTS),
      v.description(`How many contacts at most. Default: ${USUAL_CONTACTS}.`),
    ),
  ),
  cursor: v.optional(
    v.pipe(
      v.string(),
      v.description(
        'The nextCursor of the answer before, to go on after it; nothing else needs repeating then.',
      ),
    ),
  ),
}

/** How an answer is wanted. */
export interface PageInput {
  readonly fields?: readonly ReadableField[] | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** How a tool reads its contacts. */
export interface PagedSpec<Query> {
  readonly name: string
  /** How many contacts a page is to have, for answers of so many. */
  pageSize(query: Query, limit: number): number
  /** Whether the provider lists every contact. */
  isComplete(query: Query): boolean
  readPage(
    query: Query,
    page: { readonly cursor?: string | undefined; readonly pageSize: number; readonly signal: AbortSignal },
  ): PromiseLike<Page<Contact>>
}

interface Listed<Query> extends Place {
  readonly query: Query
  readonly fields: readonly ReadableField[]
  readonly limit: number
}

/** Answers the next contacts of a query. */
export type Answering<Query> = (
  query: Query & Readonly<Record<string, unknown>>,
  input: PageInput,
  signal: AbortSignal,
) => Promise<Answer>

/** Makes what answers the contacts of queries, page by page. */
export function paged<Query>(spec: PagedSpec<Query>, settings: Settings): Answering<Query> {
  const cursors = new Cursors<Listed<Query>>(spec.name, OPEN_CURSORS, settings.randomBytes)
  return async (query, { fields, limit, cursor }, signal) => {
    const known = cursor === undefined ? undefined : cursors.read(cursor, query)
    const position = known ?? { query, place: start(query, fields, limit) }
    const listed = {
      ...position.place,
      ...(fields !== undefined && { fields }),
      ...(limit !== undefined && { limit }),
    }
    const reading = await readContacts({
      from: listed,
      limit: listed.limit,
      fields: listed.fields,
      maxAnswerLength: settings.maxAnswerLength,
      readPage: (page) =>
        spec.readPage(listed.query, { cursor: page.cursor, pageSize: page.pageSize, signal }),
    })
    const { next } = reading
    const nextCursor = next && cursors.open({ query: position.query, place: { ...listed, ...next } })
    const isComplete = spec.isComplete(listed.query)
    return { head: headOf(reading, nextCursor, isComplete), rows: reading.rows }
  }

  function start(query: Query, fields = LIST_FIELDS, limit = USUAL_CONTACTS): Listed<Query> {
    return { query, fields, limit, pageSize: spec.pageSize(query, limit), shown: [] }
  }
}

function headOf(
  { rows, total, isEndless, next }: Reading,
  nextCursor: string | undefined,
  isComplete: boolean,
): Answer['head'] {
  return {
    count: rows.length,
    ...(total !== undefined && { total }),
    ...(nextCursor !== undefined && { nextCursor }),
    ...(isEndless && {
      more: `${PAGES_AN_ANSWER} pages were read. There may be more: call again with the cursor.`,
    }),
    ...(!next && !isComplete && { incomplete: 'The provider does not list every contact.' }),
  }
}
