import { parseTime } from '@anycontact/core/adapter-kit'
import { badAnswer } from '../errors.ts'
import type { ContactMethod, ContactMethodList, ContactMethodType } from '../types.ts'
import { type ContactMethodRecord, type RecordPage, readRecord } from '../wire.ts'

/**
 * Makes of a record what the vendor's SDK gives: `Date` objects for times, `undefined` for what is not set. Members that are
 * not known pass.
 *
 * @throws ContactsError `bad_response` when there is no creation or update time
 */
export function toInstance(record: ContactMethodRecord, operation: string): ContactMethod {
  const { label, externalId, metadata, isPrimary, isVerified, verifiedAt, ...rest } = record
  return {
    ...rest,
    type: record.type as ContactMethodType, // a type that is new to us is passed on, as by the vendor's client
    ...(label != null && { label }),
    isPrimary: isPrimary === true,
    isVerified: isVerified === true,
    verifiedAt: verifiedAt == null ? null : toDate(verifiedAt),
    ...(externalId != null && { externalId }),
    ...(metadata != null && { metadata }),
    createdAt: timeOf(record, 'createdAt', operation),
    updatedAt: timeOf(record, 'updatedAt', operation),
  }
}

/** Makes of a page of records what the vendor's SDK gives. */
export function toList(
  { records, hasMore, nextCursor, totalCount }: RecordPage,
  operation: string,
): ContactMethodList {
  return {
    data: records.map((record, at) => toInstance(readRecord(record, `data.${at}`, operation), operation)),
    pagination: {
      hasMore,
      ...(nextCursor !== undefined && { nextCursor }),
      ...(totalCount !== undefined && { totalCount }),
    },
  }
}

function timeOf(record: ContactMethodRecord, field: 'createdAt' | 'updatedAt', operation: string): Date {
  const text = record[field]
  if (text != null) return toDate(text)
  throw badAnswer(`a contact method has no ${field}.`, operation, [
    { path: field, message: 'must be a time' },
  ])
}

function toDate(text: string): Date {
  // A time without a zone is in UTC.
  return new Date(parseTime(text) ?? text)
}
