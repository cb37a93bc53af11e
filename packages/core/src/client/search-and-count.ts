import type { Hold } from '../call/hold.ts'
import type { CallScope } from '../call/scope.ts'
import { ContactsError, neverAbsent } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import { textProblem } from '../model/json.ts'
import { checkCursor, checkPageSize, createPager, type Pager } from '../pager.ts'
import { compileTextSearch } from '../text-match.ts'
import { invalidInput } from './invalid-input.ts'
import { idsOnce, pageThrough, planQuery, readAll, readPage } from './listing.ts'
import type { CountQuery, PageQuery } from './options.ts'
import { capability, createContext, named, nativeMethod, openScope, type Runtime, within } from './runtime.ts'

/** Finds contacts by text: natively, or by matching the listing's contacts as they pass. */
export function searchContacts(runtime: Runtime, text: string, query: PageQuery = {}): Pager<Contact> {
  if (capability(runtime, 'search').mode === 'emulated') {
    return pageThrough(runtime, query, { operation: 'search', input: text }, () => {
      checkText(text)
      return compileTextSearch(text)
    })
  }
  const { adapter } = runtime
  const hold: Hold = {}
  return createPager<Contact>({
    cursor: query.cursor,
    signal: query.signal,
    nameError: (error) => named(neverAbsent(error, query.signal), runtime, 'search', query.signal),
    ...idsOnce(runtime, 'search'),
    fetchPage: (cursor, signal) =>
      within(runtime, openScope(runtime, 'search', { ...query, signal }, false, hold), async (scope) => {
        checkText(text)
        checkCursor(query.cursor)
        const search = nativeMethod(runtime, 'search', adapter.search)
        const pageQuery = { pageSize: checkPageSize(query.pageSize), cursor }
        return readPage(runtime, scope, (context) => search.call(adapter, text, pageQuery, context))
      }),
  })
}

/** Counts contacts: natively, from a page's total, or by reading the listing. */
export async function countContacts(
  runtime: Runtime,
  { where, includeDeleted, orderBy, pageSize, onWarning }: CountQuery,
  scope: CallScope,
): Promise<number> {
  const { adapter } = runtime
  const declared = capability(runtime, 'count')
  const query = { where, includeDeleted, orderBy, onWarning }
  const { adapterQuery, filter } = planQuery(runtime, { ...query, pageSize })
  if (filter.exact && declared.mode === 'native') {
    const count = nativeMethod(runtime, 'count', adapter.count)
    const counting = count.call(adapter, adapterQuery.where, createContext(runtime, { scope }))
    return counting.catch((error: unknown) => Promise.reject(neverAbsent(error, scope.signal)))
  }
  if (filter.exact && filter.total) {
    const page = await readAll(runtime, { ...query, pageSize: 1 }, scope)
    if (page.total !== undefined) return page.total
  }
  let count = 0
  for await (const _ of readAll(runtime, { ...query, pageSize }, scope)) count++
  return count
}

/** As the emulated search does: there must be something to look for. */
function checkText(text: unknown): void {
  const problem = typeof text === 'string' ? textProblem(text) : undefined
  if (problem !== undefined) throw invalidInput([{ path: 'text', message: problem }])
  if (typeof text === 'string' && text.trim() !== '') return
  throw new ContactsError({
    code: 'invalid_input',
    message: 'Cannot search for blank text: give at least one word, or list the contacts instead.',
    issues: [{ path: 'text', message: 'must hold a word' }],
  })
}
