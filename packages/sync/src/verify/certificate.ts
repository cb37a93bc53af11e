import type { JsonObject, JsonValue, RefKey } from '@anycontact/core'
import type { Side } from '../ledger/pair.ts'

/** The format of {@link SyncCertificate}, and its version. */
export const FORMAT = 'anycontact-sync-certificate'
/** See {@link FORMAT}. */
export const FORMAT_VERSION = 1

/** So many buckets the contacts are spread over. */
export const BUCKETS = 256

/** So many differences are named one by one. */
export const MAX_DIFFERENCES = 100

/**
 * What two sides were when both had been read anew, and whether they agree: plain JSON, which `anycontact-check-certificate` checks later.
 *
 * How its hashes are made, so that anybody can make them again:
 *
 * 1. *Canonical JSON* is RFC 8785: members of objects in the order of their names by UTF-16 code units, no blanks, numbers and text as
 *    `JSON.stringify` writes them.
 * 2. The *key* of a contact is read as `reading.key` says, and brought into its form. Emails: trimmed, in lower case. Phones: digits of
 *    every script are written 0 to 9; an extension is what
 *    `/[\s,;.(-]{0,3}(?:(?:e?xt(?:ensi[oó]n?)?|anexo|int|доб|x|#|~)[\s.:=]*|[,;]\s*)(\d+)[\s)#]*$/iu` finds, and is taken off; of the rest
 *    letters and digits stay, in lower case and without `tel:` before them, or all of it where there are none; `;` and the digits of the
 *    extension follow, where there is one. Ids: as they are.
 * 3. The *values* of a contact are read as `reading.fields` and `reading.customFields` say, in the source's terms, and brought into their
 *    forms by the field's `as`; what is empty is left out.
 * 4. The *record* of a contact is the canonical JSON of `[key, values]`, and `null` stands for a key that is not there. Its hash is the
 *    first 16 bytes of SHA-256 over `hashing.salt`, a line feed and the record, in UTF-8.
 * 5. Its *bucket* is the first byte of SHA-256 over `hashing.salt`, a line feed and the key, in UTF-8.
 * 6. A hash of several contacts is the sum of theirs, as big-endian numbers, modulo 2^128, in 32 hexadecimal digits.
 * 7. Contacts with one key are a pair, by one of each side: two whose records are the same, where there are such, else the one with the
 *    smallest id of each side. In one direction, the record of the target in a pair has no custom fields that the source's has not: they
 *    are the target's own. With `absent: 'leave'` it has no other field either that the source's has not.
 * 8. `digest` is SHA-256, in hexadecimal, of the canonical JSON of the certificate without `digest`. It tells of damage and of careless
 *    edits. It is no signature.
 *
 * It holds no names, addresses or values, unless they were asked for, but ids of the providers and the names of fields. Whoever has it
 * can try whether a guessed contact is in it where a bucket has few contacts.
 */
export interface SyncCertificate {
  readonly format: typeof FORMAT
  readonly version: typeof FORMAT_VERSION
  /** The name of the sync. */
  readonly sync: string
  /** The sync as it was defined. */
  readonly definition: JsonObject
  readonly reading: Reading
  /** When the reading began and when all had been compared (ISO 8601, by the clock of the process). */
  readonly startedAt: string
  readonly endedAt: string
  /** Whether both sides were read whole and nothing was at work on them. What was not proved agrees with nothing. */
  readonly proved: boolean
  /** Why it is not proved, in sentences. */
  readonly unproved: readonly string[]
  /** Whether it is proved that there is no difference. */
  readonly agrees: boolean
  readonly sides: Readonly<Record<Side, SideCounts>>
  readonly pairs: PairCounts
  /** What became of the values that the source has, field by field. */
  readonly survival: readonly FieldSurvival[]
  readonly differences: Differences
  readonly hashing: {
    readonly algorithm: 'sum of SHA-256, first 128 bits'
    /** Made anew for each certificate. */
    readonly salt: string
  }
  /** In the order of their numbers, from 0 to 255. */
  readonly buckets: readonly Bucket[]
  /** Contacts without a key, which are in no bucket. */
  readonly keyless: Readonly<Record<Side, HashedContacts>>
  readonly digest: string
}

/** How contacts were read and compared. */
export interface Reading {
  readonly key: Readonly<Record<Side, KeyReading>>
  /** Fields that have their places on both sides. */
  readonly fields: readonly FieldReading[]
  /**
   * The custom fields that go by their own names on both sides, as `customFields.<key>`: `only` those, or all where it is `null`, but
   * those in `without`. `null` where there are none such.
   */
  readonly customFields: {
    readonly without: readonly string[]
    readonly only: readonly string[] | null
  } | null
  readonly direction: 'one-way' | 'both'
  /** What becomes of a field of the target that the source does not have. */
  readonly absent: 'clear' | 'leave'
  /**
   * Whether the contacts of the source are inputs that say only what they have. Of these, `raw` is the input: `contactMethods` is left out
   * where it has none, and where it has some, `email` and `phone` are, if `contactMethods` is a field at the target.
   */
  readonly inputs: boolean
}

/** Where a side's key stands. */
export interface KeyReading {
  readonly field: RefKey
  /** For `externalId`: whether a contact without one goes by its `id` alone; else it goes by `<provider>:<id>`. */
  readonly ownIds: boolean
}

/** Where a field stands on both sides, and what its values are compared as. */
export interface FieldReading {
  /** Its path in the source's terms. */
  readonly field: string
  readonly source: string
  readonly target: string
  /**
   * `text` and `json`: as they are. `email`: trimmed, in lower case. `phone`: as a key is. `time`: the moment, as
   * `Date.prototype.toISOString` writes it. `tags`: each once, in the order of their canonical JSON. `methods`: without `id`, `createdAt`,
   * `updatedAt` and what is empty, their values by their types, in the order of their canonical JSON. Of a number or truth value where
   * there is to be text, the text.
   */
  readonly as: 'json' | 'text' | 'email' | 'phone' | 'time' | 'tags' | 'methods'
}

/** The contacts of a side: `contacts` is the sum of the four that follow. */
export interface SideCounts {
  readonly provider: string
  /** Whether its listing ended by itself, and reached every contact. */
  readonly complete: boolean
  readonly contacts: number
  /** Those without a key. */
  readonly keyless: number
  /** Those that have the key of another one of their side, which stands for the key. */
  readonly repeated: number
  /** Those whose key the other side has too. */
  readonly paired: number
  /** Those whose key the other side has not. */
  readonly only: number
}

/** The contacts that have a counterpart. `byKey + byLink` are `equal + spelled + differing`. */
export interface PairCounts {
  /** Those that have one key. */
  readonly byKey: number
  /** Those that the ledger links although their keys differ, or are not there. */
  readonly byLink: number
  /** Those that are the same in all synced fields. */
  readonly equal: number
  /** Those that differ in nothing but the spelling of a provider, which the ledger knows of. */
  readonly spelled: number
  readonly differing: number
  /** Those by key whose records are not the same: they are among the spelled and the differing. */
  readonly unequal: number
}

/** What became of a field: `values` is the sum of the seven that follow. */
export interface FieldSurvival {
  /** In the source's terms. `customFields.*` stands for those beyond the first 200 by name. */
  readonly field: string
  /** The contacts of the source that have a value. */
  readonly values: number
  /** Their counterparts have the same. */
  readonly same: number
  /** Their counterparts have it as their provider spells it. */
  readonly spelled: number
  /** Their counterparts have something else, and somebody is to decide. */
  readonly inReview: number
  /** Their counterparts have something else. */
  readonly differs: number
  /** Their counterparts have nothing. */
  readonly absent: number
  /** They have no counterpart. */
  readonly unpaired: number
  /** The target cannot hold it: it is named in `lost`. */
  readonly lost: number
  /** The contacts of the target that have a value which their counterparts at the source have not, and ought not to have it. */
  readonly extra: number
}

/** How the sides differ. */
export interface Differences {
  /** The sum of `kinds`. */
  readonly total: number
  readonly kinds: Readonly<Record<DifferenceKind, number>>
  /** How many of them the ledger knows the reason of. */
  readonly known: { readonly inReview: number; readonly failed: number; readonly skipped: number }
  /** What one side alone has and is left there: that is no difference. */
  readonly left: Readonly<Record<Side, number>>
  /** The first 100. */
  readonly first: readonly Difference[]
}

/** A word for each kind of {@link Difference}. */
export const DIFFERENCE_KINDS = ['values', 'source_only', 'target_only', 'repeated', 'keyless'] as const

/**
 * `values`: a pair is not the same in all fields. `source_only`, `target_only`: one side alone has a contact that both should have.
 * `repeated`: another contact of the side has the same key. `keyless`: it has no key, and no link.
 */
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** One contact in which the sides differ. */
export interface Difference {
  readonly kind: DifferenceKind
  /** The id at the source. */
  readonly source?: string
  /** The id at the target. */
  readonly target?: string
  /** The fields that differ, of `values`. */
  readonly fields?: readonly FieldDifference[]
  /** What the ledger says of it. */
  readonly known?: 'in_review' | 'failed' | 'skipped'
  /** The code of what failed, or why it was skipped. */
  readonly code?: string
}

/** A field in which a pair differs. */
export interface FieldDifference {
  readonly field: string
  /** The values, as the sides spell them, where they were asked for. */
  readonly source?: JsonValue
  readonly target?: JsonValue
}

/** How many contacts, and the hash of their records. */
export interface HashedContacts {
  readonly contacts: number
  readonly hash: string
}

/** What a side has in a bucket. */
export interface BucketSide extends HashedContacts {
  /** The hash of those that are in pairs by key, without what is the target's own. */
  readonly paired: string
}

/** The contacts whose keys fall into one bucket. */
export interface Bucket extends Readonly<Record<Side, BucketSide>> {
  /** The pairs by key. */
  readonly pairs: number
  /** Those of them whose records are not the same. Where there are none, both hashes of `paired` are the same. */
  readonly unequal: number
}
