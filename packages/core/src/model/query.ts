import type { CallOptions } from '../call/settings.ts'
import type { ContactsWarning } from '../call/warning.ts'

/** A value that a filter compares with. */
export type FilterValue = string | number | boolean | null

/** The operators of `where`. `gt`, `gte`, `lt` and `lte` are for times only. */
export type WhereOperator = 'eq' | 'ne' | 'in' | 'exists' | 'gt' | 'gte' | 'lt' | 'lte'

/** Conditions on one value; all of them must hold. */
export interface ValueConditions<Value extends FilterValue = FilterValue> {
  /** Is this value; `null` means that there is none. */
  readonly eq?: Value | null | undefined
  /** Is anything else, or has no value. */
  readonly ne?: Value | null | undefined
  /** Is one of these. */
  readonly in?: readonly (Value | null)[] | undefined
  /** Has a value, or has none. */
  readonly exists?: boolean | undefined
}

/** Conditions on a time; bounds are ISO 8601 times with their zone. A contact without the time meets no bound. */
export interface TimeConditions extends ValueConditions<string> {
  /** Is after this time. */
  readonly gt?: string | undefined
  /** Is at this time or after. */
  readonly gte?: string | undefined
  /** Is before this time. */
  readonly lt?: string | undefined
  /** Is at this time or before. */
  readonly lte?: string | undefined
}

/** The text fields that `where` can filter by. */
export type FilterableTextField =
  | 'id'
  | 'externalId'
  | 'name'
  | 'givenName'
  | 'familyName'
  | 'nickname'
  | 'email'
  | 'phone'
  | 'avatarUrl'
  | 'note'
  | 'locale'
  | 'timezone'
  | 'status'

/** The times that `where` can filter by. */
export type FilterableTimeField = 'createdAt' | 'updatedAt' | 'verifiedAt'

/**
 * Which contacts: every condition must hold. A bare value means equality, `null` means "has none". The same `where`
 * gives the same contacts with every provider: what the provider cannot filter is filtered here.
 *
 * @example
 * ```ts
 * contacts.list({
 *   where: {
 *     email: { exists: true },
 *     createdAt: { gte: '2026-01-01T00:00:00Z' },
 *     customFields: { plan: { in: ['pro', 'team'] }, 'address.city': 'Porto' },
 *   },
 * })
 * ```
 */
export type Where = {
  readonly [Field in FilterableTextField]?: string | null | ValueConditions<string> | undefined
} & {
  readonly [Field in FilterableTimeField]?: string | null | TimeConditions | undefined
} & {
  /** Holds for a contact that has the tag; `in` for one that has any of them; `exists` for one that has tags at all. */
  readonly tags?: string | null | ValueConditions<string> | undefined
  /** `true` for soft-deleted contacts only, `false` for the others. */
  readonly deleted?: boolean | ValueConditions<boolean> | undefined
  /** By key, which may hold dots itself; where no key is called so, a dot walks into nested objects. */
  readonly customFields?: { readonly [path: string]: FilterValue | ValueConditions | undefined } | undefined
} & {
  readonly [Path in `customFields.${string}`]?: FilterValue | ValueConditions | undefined
}

/** One condition of a `where`, taken apart. `eq: null` and `ne: null` have become `exists`. */
export interface Condition {
  /** A contact field, or `customFields.` and a dotted path. */
  readonly field: string
  /** How the two are compared. */
  readonly operator: WhereOperator
  /** What it is compared with: a list for `in`, true or false for `exists`. */
  readonly value: FilterValue | readonly FilterValue[]
}

/** A sort order. */
export interface OrderBy<Field extends string = string> {
  /** The field to sort by; an adapter declares which it can. */
  readonly field: Field
  /** @default 'asc' */
  readonly direction?: 'asc' | 'desc' | undefined
}

/** Which contacts to list, and how. */
export interface ListQuery<OrderField extends string = string> extends CallOptions {
  /** @default every contact */
  readonly where?: Where | undefined
  /** @default the provider's own order */
  readonly orderBy?: OrderBy<OrderField> | undefined
  /** How many contacts the provider is asked for at a time; it may give fewer. @default the provider's */
  readonly pageSize?: number | undefined
  /** The `nextCursor` of an earlier page: the listing goes on after it. */
  readonly cursor?: string | undefined
  /**
   * Whether contacts that the provider keeps as deleted are listed too, with `deleted: true`. A condition on `deleted` in
   * `where` says the same more exactly, and then counts. No difference where the provider keeps none.
   * @default false
   */
  readonly includeDeleted?: boolean | undefined
  /** Told of what this listing goes on without, beside the client's own `onWarning`. */
  readonly onWarning?: ((warning: ContactsWarning) => void) | undefined
}
