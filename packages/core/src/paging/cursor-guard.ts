import { ContactsError } from '../errors.ts'

/** So many cursors are remembered one by one; a listing of a million contacts has about as many pages. */
const MAX_REMEMBERED = 10_000

/**
 * Watches the cursors of one listing for one that comes again, so that a provider's mistake cannot make it endless. A circle
 * of any length is noticed, in memory that does not grow: the first cursors are remembered, so that most circles are noticed
 * at once, and of the later ones a single one at a time, for twice as long each time (Brent's algorithm).
 *
 * @param start - the cursor that the listing begins at
 * @returns a function to be called with every later cursor in order; it throws `bad_response` for one that was there
 */
export function createCursorGuard(start?: string): (cursor: string) => void {
  const remembered = new Set<string>(start === undefined ? [] : [start])
  let marked: string | undefined
  let sinceMark = 0
  let markFor = 1
  return (cursor) => {
    if (remembered.has(cursor) || cursor === marked) throw repeated()
    if (remembered.size < MAX_REMEMBERED) {
      remembered.add(cursor)
      return
    }
    sinceMark++
    if (sinceMark < markFor) return
    marked = cursor
    sinceMark = 0
    markFor *= 2
  }
}

function repeated(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message:
      'The provider gave the same cursor twice, so the listing would never end. Report it to the provider.',
  })
}
