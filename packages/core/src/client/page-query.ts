import { ContactsError } from '../errors.ts'

export { toPage } from '../paging/page-source.ts'

/** Checks how many items a page is to have. @throws ContactsError `invalid_input` */
export function checkPageSize(pageSize: number | undefined): number | undefined {
  if (pageSize === undefined || (Number.isSafeInteger(pageSize) && pageSize > 0)) return pageSize
  throw badQuery('pageSize must be a whole number of 1 or more')
}

/** Checks where a listing is to go on. @throws ContactsError `invalid_input` */
export function checkCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || (typeof cursor === 'string' && cursor.trim() !== '')) return cursor
  throw badQuery('cursor must be the nextCursor of an earlier page; leave it out to begin at the start')
}

/** The error for a listing that cannot be asked for. */
export function badQuery(message: string): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `The listing cannot be asked for: ${message}.`,
  })
}
