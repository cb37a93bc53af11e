import type { JsonObject } from '../json.ts'

/** The types of contact method on the wire; the vendor's guide leaves `mobile` out. */
export const METHOD_TYPES = ['email', 'phone', 'mobile', 'fax', 'other'] as const

/** One of {@link METHOD_TYPES}. */
export type MethodType = (typeof METHOD_TYPES)[number]

/** A contact method as the vendor sends it: times are ISO 8601 text; what is unset is left out, except `verifiedAt`. */
export interface ContactMethodsRecord {
  readonly id: string
  readonly clientId: string
  readonly type: MethodType
  readonly value: string
  readonly isPrimary: boolean
  readonly isVerified: boolean
  readonly verifiedAt: string | null
  readonly label?: string
  readonly externalId?: string
  readonly metadata?: JsonObject
  readonly createdAt: string
  readonly updatedAt: string
}

/** The fields that a write may send, after validation. `null` clears. */
export interface MethodFields {
  readonly clientId?: string
  readonly type?: MethodType
  readonly value?: string
  readonly isPrimary?: boolean
  readonly label?: string | null
  readonly externalId?: string | null
  readonly metadata?: JsonObject | null
}

/** The fields of a new contact method. */
export interface NewMethod extends MethodFields {
  readonly clientId: string
  readonly type: MethodType
  readonly value: string
}

/** A contact method to put straight into the store; what is absent takes the vendor's default for a new one. */
export type ContactMethodsSeed = Partial<ContactMethodsRecord> &
  Pick<ContactMethodsRecord, 'clientId' | 'type' | 'value'>
