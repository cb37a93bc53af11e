import { type Contact, ContactsError, type Page } from '@anycontact/core'
import { fittingRows } from '../answer/answer.ts'
import type { Budget } from '../answer/budget.ts'
import { contactRow, type ReadableField, type Row } from '../answer/contact-row.ts'

/** How many contacts an answer has at most. */
export const MOST_CONTACTS = 20

/** How many contacts an answer has, unless it is told. */
export const USUAL_CONTACTS = 10

/** How many pages are read for one answer, where most of their contacts are left out. */
export const PAGES_AN_ANSWER = 20

/** How far a listing was read: a page, and what of it was shown. */
export interface Place {
  /** The provider's cursor of the page; absent for the first one. */
  readonly cursor?: string | undefined
  /** How many contacts a page has: it stays the same, because the pages of some providers are numbered. */
  readonly pageSize: number
  /** The ids of its contacts that were shown. */
  readonly shown: readonly string[]
}

/** What was read for an answer. */
export interface Reading {
  readonly rows: readonly Row[]
  /** Where to go on; absent at the end. */
  readonly next?: Place
  /** How many contacts there are in all, where the provider tells. */
  readonly total?: number
  /** Whether so many pages were read that the answer ends before it is full. */
  readonly isEndless: boolean
}

/** What to read. */
export interface ReadingPlan extends Budget {
  readonly from: Place
  readonly limit: number
  readonly fields: readonly ReadableField[]
  readPage(place: Pick<Place, 'cursor' | 'pageSize'>): PromiseLike<Page<Contact>>
}

/** Reads as many contacts as an answer takes. */
export async function readContacts(plan: ReadingPlan): Promise<Reading> {
  const rows: Row[] = []
  const ids = new Set<string>()
  let place = plan.from
  let total: number | undefined
  for (let pages = 0; pages < PAGES_AN_ANSWER; pages++) {
    const page = await plan.readPage(place)
    total ??= page.total
    // Contacts can move to the next page while this one is read.
    const news = page.items.filter(({ id }) => !place.shown.includes(id) && !ids.has(id))
    const found = news.slice(0, plan.limit - rows.length)
    const foundRows = found.map((contact) => contactRow(contact, plan.fields))
    const fitting = fittingRows([...rows, ...foundRows], plan) - rows.length
    rows.push(...foundRows.slice(0, fitting))
    for (const { id } of found.slice(0, fitting)) ids.add(id)
    const known = total === undefined ? {} : { total }
    if (fitting < news.length) {
      const shown = [...place.shown, ...news.slice(0, fitting).map(({ id }) => id)]
      return { rows, next: { ...place, shown }, ...known, isEndless: false }
    }
    const { nextCursor: cursor } = page
    if (cursor === undefined) return { rows, ...known, isEndless: false }
    if (cursor === place.cursor) throw repeatedCursor()
    place = { cursor, pageSize: place.pageSize, shown: [] }
    if (rows.length === plan.limit) return { rows, next: place, ...known, isEndless: false }
  }
  return { rows, next: place, ...(total !== undefined && { total }), isEndless: true }
}

function repeatedCursor(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: 'The provider gave the same cursor again, so that the listing would never end.',
  })
}
