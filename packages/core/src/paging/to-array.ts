import { ContactsError } from '../errors.ts'
import { readMembers } from '../model/json.ts'
import type { PageSource } from './page-source.ts'

/**
 * Reads the items of a listing into an array.
 *
 * @param options - as the caller gave them
 * @param start - begins the reading of batches
 * @throws ContactsError `invalid_input` for options that are none
 */
export async function readArray<Item>(
  source: PageSource<Item>,
  options: object | undefined,
  start: () => AsyncGenerator<readonly Item[], void, undefined>,
): Promise<Item[]> {
  const limit = readLimit(source, options)
  const items: Item[] = []
  if (limit === 0) return items
  for await (const batch of start()) {
    for (const item of batch) {
      items.push(item)
      if (items.length >= limit) return items
    }
  }
  return items
}

/** How many items are wanted. @throws ContactsError `invalid_input` */
function readLimit<Item>({ nameError }: PageSource<Item>, options: object | undefined): number {
  const fail = (path: string, message: string): unknown => {
    const error = new ContactsError({
      code: 'invalid_input',
      message: `The listing cannot be read into an array: ${path === '' ? 'the options' : path} ${message}.`,
      issues: [{ path, message }],
    })
    return nameError ? nameError(error) : error
  }
  if (options === undefined) return Number.POSITIVE_INFINITY
  const { value: { limit = Number.POSITIVE_INFINITY, ...others } = {}, problem } = readMembers(options, [
    'limit',
  ])
  if (problem) throw fail(problem.path.join('.'), problem.message)
  const [other] = Object.keys(others)
  if (other !== undefined) throw fail(other, 'is no option here; there is limit')
  if (limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && Number(limit) >= 0)) {
    return Number(limit)
  }
  throw fail('limit', 'must be a whole number of 0 or more; leave it out to read everything')
}
