import {
  isPlainObject,
  readMember,
  recordReader,
  wireFlag,
  wireId,
  wireObject,
  wireRecord,
  wireText,
  wireTexts,
} from '@anycontact/core/adapter-kit'
import type * as v from 'valibot'
import { badAnswer, PROVIDER } from './errors.ts'

/** A contact as it is checked. Where the vendor's types differ, `api/types.ts` has them. */
const ContactRecordSchema = wireRecord({
  _id: wireId,
  workspaceId: wireText,
  peerId: wireText,
  email: wireText,
  integrationId: wireText,
  name: wireText,
  phone: wireText,
  metadata: wireObject,
  properties: wireObject,
  tags: wireTexts,
  status: wireText,
  createdDate: wireText,
  modifiedDate: wireText,
  deleted: wireFlag,
})

/**
 * A contact as Cognipeer sends it. Every field may be null, which the vendor's types do not say; fields that are not named here
 * pass as they are.
 */
export interface CognipeerRecord extends v.InferOutput<typeof ContactRecordSchema> {}

/**
 * Checks a contact record and hands it back as it is, not a copy.
 *
 * @param value - one record, parsed from JSON
 * @param path - where it stands in the answer, for example `data.3`
 * @throws ContactsError `bad_response`; its issues name the path of what is wrong and hold no values
 */
export const readRecord: (value: unknown, path?: string) => CognipeerRecord = recordReader(
  ContactRecordSchema,
  { provider: PROVIDER },
)

/**
 * Reads the `data` of an answer about one contact.
 *
 * @param answer - parsed from JSON
 * @param operation - for error messages
 * @returns `undefined` where it is null or absent
 * @throws ContactsError `bad_response` for what is no answer of this API
 */
export function readData(answer: unknown, operation: string): object | undefined {
  const data = dataOf(answer, operation)
  if (data === undefined || data === null) return undefined
  if (isPlainObject(data)) return data
  throw badAnswer('`data` of the answer is no record. Check `baseUrl`, and proxies on the way.', operation)
}

/** One page of a listing, as far as it is checked. */
export interface ListAnswer {
  readonly data: readonly unknown[]
  readonly total: number | undefined
  readonly page: number | undefined
  readonly limit: number | undefined
}

/**
 * Reads one page of a listing.
 *
 * @param answer - parsed from JSON
 * @param operation - for error messages
 * @throws ContactsError `bad_response` for what is no listing of this API
 */
export function readList(answer: unknown, operation: string): ListAnswer {
  const data = dataOf(answer, operation)
  const count = (key: string): number | undefined => {
    const value = readMember(answer, key)
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
  }
  if (Array.isArray(data)) return { data, total: count('total'), page: count('page'), limit: count('limit') }
  throw badAnswer('the answer has no list in `data`. Check `baseUrl`, and proxies on the way.', operation)
}

function dataOf(answer: unknown, operation: string): unknown {
  if (readMember(answer, 'success')) return readMember(answer, 'data')
  throw badAnswer('the answer does not say `success`. Check `baseUrl`, and proxies on the way.', operation)
}
