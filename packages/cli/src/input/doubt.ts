import { ContactsError } from '@anycontact/core'
import { Unfinished } from '../errors/ended.ts'

/**
 * Runs a write; where it ends so that it may have been written all the same, the error says where to look.
 *
 * @param advice - whole sentences
 */
export async function writing<Result>(
  signal: AbortSignal,
  advice: string,
  write: () => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  try {
    return await write()
  } catch (error) {
    const isDoubtful = signal.aborted || (ContactsError.is(error) && error.applied !== 'no')
    throw isDoubtful ? new Unfinished(error, advice) : error
  }
}
