import type { Capabilities } from '@anycontact/core'
import type { Adapter } from '@anycontact/core/adapter-kit'
import type { FieldPlaces, LostField, SyncDefinition, SyncKey } from '../definition.ts'
import type { InferredSync } from '../given-types.ts'
import type { SyncProblems } from '../problem-types.ts'

/** What the compiler says of a definition. */
export declare function problems<
  Source,
  Target,
  const By extends SyncKey,
  const Fields extends FieldPlaces = Record<never, never>,
  const Lost extends readonly LostField[] = readonly [],
  const Direction extends 'one-way' | 'both' = 'one-way',
  const Deletions extends 'keep' | 'mirror' = 'keep',
  const Keep extends 'values' | 'hashes' = 'values',
  const Absent extends 'clear' | 'leave' = 'clear',
>(
  definition: Omit<
    SyncDefinition<Source, Target, By, Fields, Lost, Direction, Deletions, Keep, Absent>,
    'name'
  >,
): SyncProblems<InferredSync<Source, Target, By, Fields, Lost, Direction, Deletions, Keep, Absent>>

export const readLost = [
  'givenName',
  'familyName',
  'contactMethods',
  'avatarUrl',
  'locale',
  'timezone',
  'status',
] as const

export const lost = [
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'contactMethods',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'tags',
  'status',
  'verifiedAt',
] as const

export type List = {
  readonly mode: 'native'
  readonly pagination: 'cursor'
  readonly maxPageSize: 100
  readonly complete: true
  readonly total: false
  readonly where: Readonly<Record<never, never>>
  readonly orderBy: readonly []
}

export type Lookup = { readonly mode: 'native'; readonly by: readonly ['id', 'externalId'] }

export type Reader = Adapter<{ readonly list: List; readonly get: Lookup }, unknown, unknown, unknown>

export type Write = {
  readonly mode: 'native'
  readonly fields: readonly ['externalId', 'name', 'customFields']
}

export interface DeclaringCapabilities<Names extends string> extends Capabilities {
  readonly list: List
  readonly get: Lookup
  readonly create: Write
  readonly update: Write & Lookup
  readonly customFields: { readonly [Name in Names]: 'text' }
}

export type Declaring<Names extends string> = Adapter<DeclaringCapabilities<Names>, unknown, unknown, unknown>
