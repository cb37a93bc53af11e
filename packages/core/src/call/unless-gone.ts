import { ContactsError } from '../errors.ts'

/**
 * Does a deletion that may be sent again, and takes what an earlier attempt of it, whose answer was lost, may have deleted for deleted.
 *
 * @throws what `remove` throws, but for a `not_found` with `applied: 'unknown'`
 */
export async function unlessGoneByUs(remove: () => Promise<void>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    const isGone = ContactsError.is(error) && error.code === 'not_found' && error.applied === 'unknown'
    if (!isGone) throw error
  }
}
