import { type CallSettings, readArgument, readCallSettings } from '@anycontact/core/adapter-kit'
import { badInput, PROVIDER } from './errors.ts'
import { flatQuery } from './transport.ts'
import type { PageFields } from './types/index.ts'

/** The fields that a write is given, as members to send; none for null, as by the vendor's client. */
export function fieldsOf<Fields extends object>(
  request: Fields | null | undefined,
  operation: string,
): Fields {
  const fields = readArgument(request, { provider: PROVIDER, operation })
  const lost = Object.entries(fields).find(([, value]) => ['function', 'symbol'].includes(typeof value))
  // JSON would leave it out in silence.
  if (lost) throw badInput([{ path: lost[0], message: 'has no form in JSON' }], operation)
  return fields
}

/** The settings of a call. */
export function callOf(call: CallSettings | null | undefined, operation: string): CallSettings {
  return readCallSettings(call, { provider: PROVIDER, operation })
}

/**
 * Which page a listing is asked for, and after which item a stream of it begins.
 *
 * @throws ContactsError `invalid_input` for what has no form in a query: left out in silence, a filter would let everything pass
 */
export function pageOf(
  request: PageFields | null | undefined,
  operation: string,
): { readonly page: PageFields; readonly after: { readonly id: string } | undefined } {
  const page = readArgument(request, { provider: PROVIDER, operation }, { cursor: 'text', meta: 'vendor' })
  flatQuery(page)
  return { page, after: page.cursor?.trim() ? { id: page.cursor } : undefined }
}
