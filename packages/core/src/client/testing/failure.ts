import { ContactsError } from '../../errors.ts'

/** Waits for a failure and gives what was thrown. */
export async function failureOf(run: () => unknown): Promise<unknown> {
  try {
    await run()
  } catch (error) {
    return error
  }
  throw new Error('It did not fail.')
}

/** Waits for a failure that must be a `ContactsError`. */
export async function contactsErrorOf(run: () => unknown): Promise<ContactsError> {
  const error = await failureOf(run)
  if (ContactsError.is(error)) return error
  throw error
}
