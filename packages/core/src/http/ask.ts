import { ContactsError } from '../errors.ts'

/**
 * Calls a function that an option was given as.
 *
 * @param fail - makes the error for a function that failed, from its error's name. Nothing else of it is passed on: the error
 * of a function that fetches a token can hold the token.
 * @throws what `fail` makes; a {@link ContactsError} of the function as it is
 */
export async function ask<T>(
  option: () => T | Promise<T>,
  fail: (errorName: string) => ContactsError,
): Promise<T> {
  try {
    return await option()
  } catch (error) {
    throw ContactsError.is(error) ? error : fail(error instanceof Error ? error.name : typeof error)
  }
}
