import type { AdapterContext } from '../adapter/context.ts'
import type { AdapterPage, AdapterPageQuery } from '../adapter/pages.ts'
import type { Hold } from '../call/hold.ts'
import type { CallScope } from '../call/scope.ts'
import type { CallOptions } from '../call/settings.ts'
import { ContactsError } from '../errors.ts'
import { keyProblem } from '../model/json.ts'
import { type ContactRef, resolveRef } from '../model/ref.ts'
import { checkCursor, checkPageSize, createPager, type Pager } from '../pager.ts'
import { isNumbered, readPage } from './listing.ts'
import { getContact } from './lookup.ts'
import type { LookupOptions, PageQuery } from './options.ts'
import {
  createContext,
  named,
  nativeMethod,
  openScope,
  perform,
  type Runtime,
  warnIncomplete,
  within,
} from './runtime.ts'

/** Calls a method of an adapter's group, or rejects because there is none. */
export function callGroup<Method, Result>(
  runtime: Runtime,
  operation: string,
  method: Method | undefined,
  options: CallOptions | undefined,
  run: (method: Method, context: AdapterContext) => Promise<Result>,
): Promise<Result> {
  return perform(runtime, operation, options ?? {}, async (scope) =>
    run(nativeMethod(runtime, operation, method), createContext(runtime, { scope })),
  )
}

/** A listing of a group's. */
export function listGroup<Item>(
  runtime: Runtime,
  operation: string,
  query: PageQuery,
  fetchPage: (page: AdapterPageQuery, context: AdapterContext) => Promise<AdapterPage<Item>>,
): Pager<Item> {
  const hold: Hold = {}
  return createPager<Item>({
    cursor: query.cursor,
    signal: query.signal,
    nameError: (error) => named(error, runtime, operation, query.signal),
    idOf: createIdReader<Item>(),
    isNumbered: isNumbered(runtime),
    onIncomplete: (why) => warnIncomplete(runtime, operation, why),
    fetchPage: (cursor, signal) =>
      within(runtime, openScope(runtime, operation, { ...query, signal }, false, hold), async (scope) => {
        checkCursor(query.cursor)
        const page = { pageSize: checkPageSize(query.pageSize), cursor }
        return readPage(runtime, scope, (context) => fetchPage(page, context))
      }),
  })
}

/** Reads the ids of records; one that has none is taken for like no other. */
function createIdReader<Item>(): (item: Item) => string {
  let unnamed = 0
  return (item) => {
    const id: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'id') : undefined
    return typeof id === 'string' ? `id:${id}` : `unnamed:${unnamed++}`
  }
}

/** A listing below a contact: the reference is looked up once, on first use. */
export function listBelowContact<Item>(
  runtime: Runtime,
  operation: string,
  ref: ContactRef,
  query: PageQuery & LookupOptions,
  fetchPage: (
    contactId: string,
    page: AdapterPageQuery,
    context: AdapterContext,
  ) => Promise<AdapterPage<Item>>,
): Pager<Item> {
  let id: Promise<string> | undefined
  return listGroup(runtime, operation, query, async (page, context) => {
    id ??= contactIdOf(runtime, ref, query, context.call)
    return fetchPage(await id, page, context)
  })
}

/** The id of the contact that a reference names, looked up where the reference does not hold it. */
export async function contactIdOf(
  runtime: Runtime,
  ref: ContactRef,
  options: LookupOptions | undefined,
  scope: CallScope,
): Promise<string> {
  const { key, value } = resolveRef(ref, runtime.adapter.provider)
  if (key === 'id') return value
  const contact = await getContact(runtime, ref, { scope, scan: options?.scan })
  return contact.id
}

/** Checks an id. @throws ContactsError `invalid_input` */
export function checkId(id: unknown, what: string, path = 'id'): string {
  return checkText(id, `the id of a ${what}`, path)
}

/** Checks a text that something is looked up by. @throws ContactsError `invalid_input` */
export function checkText(text: unknown, what: string, path: string): string {
  const isText = typeof text === 'string' && text.trim() !== ''
  const problem = isText ? keyProblem(text) : 'must be a string that is not blank'
  if (isText && problem === undefined) return text
  const message = isText ? `Give ${what}; this one ${problem}.` : `Give ${what}: a string that is not blank.`
  throw new ContactsError({ code: 'invalid_input', message, issues: [{ path, message: problem ?? '' }] })
}
