import { type Json, Place } from './json.ts'

/** The two sides. */
export const SIDES = ['source', 'target'] as const
export type Side = (typeof SIDES)[number]
/** Something of each side. */
export type Both<Value> = Readonly<Record<Side, Value>>

export const BUCKETS = 256
export const MAX_FIRST = 100
export const KINDS = ['values', 'source_only', 'target_only', 'repeated', 'keyless'] as const
export const COLUMNS = ['same', 'spelled', 'inReview', 'differs', 'absent', 'unpaired', 'lost'] as const
const AS = ['json', 'text', 'email', 'phone', 'time', 'tags', 'methods'] as const
const KEYS = ['id', 'externalId', 'email', 'phone'] as const

export type As = (typeof AS)[number]

/** How contacts are read. */
export interface Reading {
  readonly key: Both<{ readonly field: (typeof KEYS)[number]; readonly ownIds: boolean }>
  readonly fields: readonly {
    readonly field: string
    readonly paths: Both<string>
    readonly as: As
  }[]
  readonly customFields:
    | { readonly without: ReadonlySet<string>; readonly only: ReadonlySet<string> | undefined }
    | undefined
  readonly isOneWay: boolean
  /** Whether fields that the source has not are left at the target. */
  readonly isLeft: boolean
  /** Whether contacts of the source say what their `raw` has. */
  readonly isOfInputs: boolean
}

export interface Hashed {
  readonly contacts: number
  readonly hash: string
}

export interface Bucket extends Both<Hashed & { readonly paired: string }> {
  readonly pairs: number
  readonly unequal: number
}

export type SideCounts = Readonly<Record<'contacts' | 'keyless' | 'repeated' | 'paired' | 'only', number>> & {
  readonly complete: boolean
}

export type Survival = Readonly<Record<'values' | 'extra' | (typeof COLUMNS)[number], number>>

/** A certificate, as far as it is checked. */
export interface Certificate {
  /** The document as it was read. */
  readonly whole: Json
  readonly digest: string
  readonly sync: string
  readonly reading: Reading
  /** How the sync was defined. */
  readonly definition: Json
  /** Fields named in `lost`. */
  readonly lost: readonly string[]
  readonly startedAt: string
  readonly endedAt: string
  readonly proved: boolean
  readonly unproved: readonly string[]
  readonly agrees: boolean
  readonly sides: Both<SideCounts>
  readonly pairs: Readonly<Record<'byKey' | 'byLink' | 'equal' | 'spelled' | 'differing' | 'unequal', number>>
  readonly survival: ReadonlyMap<string, Survival>
  readonly differences: {
    readonly total: number
    readonly kinds: Readonly<Record<(typeof KINDS)[number], number>>
    readonly known: Readonly<Record<'inReview' | 'failed' | 'skipped', number>>
    readonly left: Both<number>
    readonly first: readonly { readonly kind: (typeof KINDS)[number]; readonly known: string | undefined }[]
  }
  readonly salt: string
  readonly buckets: readonly Bucket[]
  readonly keyless: Both<Hashed>
}

/** Reads a certificate. @throws MalformedError for what is none */
export function readCertificate(document: Json): Certificate {
  const root = new Place(document)
  root.at('format').oneOf('anycontact-sync-certificate')
  if (root.at('version').count !== 1) root.at('version').oneOf('1: a newer version of the program made it')
  const { lost } = root.at('definition').map
  return {
    whole: document,
    digest: root.at('digest').hex(64),
    sync: root.at('sync').text,
    reading: readReading(root.at('reading')),
    definition: root.at('definition').map,
    lost: lost === undefined ? [] : new Place(lost, 'definition.lost').list.map(({ text }) => text),
    startedAt: root.at('startedAt').text,
    endedAt: root.at('endedAt').text,
    proved: root.at('proved').flag,
    unproved: root.at('unproved').list.map(({ text }) => text),
    agrees: root.at('agrees').flag,
    sides: both(root.at('sides'), (side) => ({
      ...counts(side, 'contacts', 'keyless', 'repeated', 'paired', 'only'),
      complete: side.at('complete').flag,
    })),
    pairs: counts(root.at('pairs'), 'byKey', 'byLink', 'equal', 'spelled', 'differing', 'unequal'),
    survival: new Map(
      root
        .at('survival')
        .list.map((row) => [row.at('field').text, counts(row, 'values', 'extra', ...COLUMNS)]),
    ),
    differences: readDifferences(root.at('differences')),
    salt: root.at('hashing').at('salt').text,
    buckets: root.at('buckets').list.map((bucket) => ({
      ...both(bucket, (side) => ({ ...hashed(side), paired: side.at('paired').hex(32) })),
      ...counts(bucket, 'pairs', 'unequal'),
    })),
    keyless: both(root.at('keyless'), hashed),
  }
}

function readReading(reading: Place): Reading {
  const custom = reading.at('customFields')
  const names = (place: Place): ReadonlySet<string> => new Set(place.list.map(({ text }) => text))
  return {
    key: both(reading.at('key'), (key) => ({
      field: key.at('field').oneOf(...KEYS),
      ownIds: key.at('ownIds').flag,
    })),
    fields: reading.at('fields').list.map((field) => ({
      field: field.at('field').text,
      paths: both(field, ({ text }) => text),
      as: field.at('as').oneOf(...AS),
    })),
    customFields: custom.isNull
      ? undefined
      : {
          without: names(custom.at('without')),
          only: custom.at('only').isNull ? undefined : names(custom.at('only')),
        },
    isOneWay: reading.at('direction').oneOf('one-way', 'both') === 'one-way',
    isLeft: reading.at('absent').oneOf('clear', 'leave') === 'leave',
    isOfInputs: reading.at('inputs').flag,
  }
}

function readDifferences(differences: Place): Certificate['differences'] {
  return {
    total: differences.at('total').count,
    kinds: counts(differences.at('kinds'), ...KINDS),
    known: counts(differences.at('known'), 'inReview', 'failed', 'skipped'),
    left: counts(differences.at('left'), ...SIDES),
    first: differences.at('first').list.map((one) => ({
      kind: one.at('kind').oneOf(...KINDS),
      known: one.at('known').value === undefined ? undefined : one.at('known').text,
    })),
  }
}

function hashed(place: Place): Hashed {
  return { contacts: place.at('contacts').count, hash: place.at('hash').hex(32) }
}

function both<Value>(place: Place, read: (side: Place) => Value): Both<Value> {
  return { source: read(place.at('source')), target: read(place.at('target')) }
}

function counts<Name extends string>(place: Place, ...names: readonly Name[]): Record<Name, number> {
  const read = names.map((name) => [name, place.at(name).count] as const)
  return Object.fromEntries(read) as Record<Name, number> // each name is there, by the line above
}
