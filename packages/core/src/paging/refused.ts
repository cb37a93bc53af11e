import { ContactsError } from '../errors.ts'

/**
 * Reads a page by itself that the provider refused beside others, as one request too many.
 *
 * @param again - fetches it; absent where it was by itself before
 * @throws the failure, where it is another one, or where nothing more is sent for its sake
 */
export async function readAlone<Page>(
  again: (() => Promise<Page>) | undefined,
  failure: unknown,
): Promise<Page> {
  if (!again || !isRefusal(failure)) throw failure
  try {
    return await again()
  } catch (error) {
    // What was not sent has no status, and tells less.
    throw isRefusal(error) && error.status === undefined ? failure : error
  }
}

function isRefusal(error: unknown): error is ContactsError {
  return ContactsError.is(error) && error.code === 'rate_limited'
}
