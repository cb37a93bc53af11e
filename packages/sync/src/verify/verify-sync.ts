import { randomBytes } from 'node:crypto'
import type { Clock } from '@anycontact/core'
import {
  abortSignal,
  callback,
  checkOptions,
  clock as clockCheck,
  flag,
  ledger as ledgerCheck,
  type OptionCheck,
} from '../check-options.ts'
import { planOf, type Sync } from '../define/define-sync.ts'
import { changedFields } from '../define/plain-definition.ts'
import { SyncError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { SIDES, type Side } from '../ledger/pair.ts'
import type { SyncPlan } from '../project/plan.ts'
import { BUCKETS, type Bucket, FORMAT, FORMAT_VERSION, type SyncCertificate } from './certificate.ts'
import { Comparing } from './comparing.ts'
import { digestOf } from './hashing.ts'
import { KEYLESS, ReadSides } from './read-both.ts'
import { readingOf } from './recipe.ts'
import { Tally } from './tally.ts'

/** How far a verification is. */
export interface VerifyProgress {
  readonly part: 'reading' | 'comparing'
  /** Contacts that have been read. */
  readonly read: Readonly<Record<Side, number>>
  /** How many there are, where the side says so. */
  readonly total: Readonly<Partial<Record<Side, number>>>
  /** The share of the contacts that have been compared, from 0 to 1. */
  readonly compared: number
}

/** How two sides are verified. */
export interface VerifyOptions {
  /** Tells which contacts are linked, and what a provider's own spelling is. It is only read. */
  readonly ledger: Ledger
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined
  /** Whether the differences are to hold the values: they are personal data. @default false */
  readonly values?: boolean | undefined
  /** For the times of the certificate. @default the system's clock */
  readonly clock?: Pick<Clock, 'now'> | undefined
  /** Makes the salt of the certificate. @default 16 random bytes */
  readonly salt?: (() => string) | undefined
}

const CHECKS = {
  ledger: ledgerCheck,
  signal: abortSignal,
  onProgress: callback,
  values: flag,
  clock: clockCheck,
  salt: callback,
} as const satisfies Readonly<Record<keyof VerifyOptions, OptionCheck>>

/**
 * Reads both sides of a sync anew and proves or disproves that they agree. Writes nothing, and takes no snapshot of the ledger for what a
 * side has: by the ledger it pairs contacts whose keys differ, and knows a provider's own spelling.
 *
 * Contacts that were read wait in a file of the temporary folder, so that memory does not grow with their number. It is encrypted with a
 * key that is only in memory, and removed at the end. Edits while it reads are differences: let nobody edit meanwhile, or verify again.
 *
 * @param sync - what `defineSync` returned
 * @throws SyncError `changed_definition` where the ledger has the sync by another definition; what a provider throws
 *
 * @example
 * ```ts
 * const certificate = await verifySync(sync, { ledger })
 * if (!certificate.agrees) console.table(certificate.differences.first)
 * await writeFile('certificate.json', JSON.stringify(certificate))
 * ```
 */
export async function verifySync(sync: Sync, options: VerifyOptions): Promise<SyncCertificate> {
  const plan = planOf(sync)
  checkOptions(options, CHECKS, { operation: 'verifySync', cannot: 'The sync cannot be verified' })
  const { ledger, signal, onProgress, values = false, clock = Date, salt: makeSalt = randomSalt } = options
  signal?.throwIfAborted()
  const startedAt = clock.now()
  const salt = makeSalt()
  const ledgerSalt = await saltOf(ledger, plan)
  const reading = readingOf(plan)
  const tally = new Tally([...reading.fields.map(({ field }) => field), ...plainLost(plan)], values)
  await using sides = new ReadSides(plan)
  await using comparing = new Comparing({ plan, ledger, ledgerSalt, salt, tally })
  const busy = new Set(await holders(ledger, plan))

  const read = { source: 0, target: 0 }
  const total: Partial<Record<Side, number>> = {}
  const tell = (part: VerifyProgress['part'], compared: number): void =>
    onProgress?.({ part, read: { ...read }, total: { ...total }, compared })
  const onRead = (side: Side, count: number, known: number | undefined): void => {
    read[side] = count
    if (known !== undefined) total[side] = known
    tell('reading', 0)
  }
  await sides.read({ salt, signal, onRead, tally })
  for (const holder of await holders(ledger, plan)) busy.add(holder)

  const buckets: Bucket[] = []
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    signal?.throwIfAborted()
    buckets.push(
      await comparing.bucket(await sides.bucket('source', bucket), await sides.bucket('target', bucket)),
    )
    tell('comparing', (bucket + 1) / (BUCKETS + 1))
  }
  const keyless = {
    source: await comparing.keyless('source', await sides.bucket('source', KEYLESS)),
    target: await comparing.keyless('target', await sides.bucket('target', KEYLESS)),
  }
  await comparing.finish()
  tell('comparing', 1)

  const unproved = reasons(plan, sides.complete, busy)
  const { differences, pairs, survival } = tally
  const certificate: Omit<SyncCertificate, 'digest'> = {
    format: FORMAT,
    version: FORMAT_VERSION,
    sync: plan.name,
    definition: plan.definition,
    reading,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(clock.now()).toISOString(),
    proved: unproved.length === 0,
    unproved,
    agrees: unproved.length === 0 && differences.total === 0,
    sides: {
      source: { provider: plan.source.provider, complete: sides.complete.source, ...comparing.counts.source },
      target: { provider: plan.target.provider, complete: sides.complete.target, ...comparing.counts.target },
    },
    pairs,
    survival,
    differences,
    hashing: { algorithm: 'sum of SHA-256, first 128 bits', salt },
    buckets,
    keyless,
  }
  return { ...certificate, digest: digestOf(certificate) }
}

/** The ledger's salt; text without meaning where it does not know the sync. */
async function saltOf(ledger: Ledger, { name, definition }: SyncPlan): Promise<string> {
  const state = await ledger.state(name)
  if (!state) return ''
  const changed = changedFields(state.definition, definition)
  if (changed.length === 0) return state.salt
  throw new SyncError({
    reason: 'changed_definition',
    message: `The ledger knows the sync "${name}" by another definition: ${changed.join(', ')} changed. Run it as it is defined now, or verify it as it was defined.`,
    changed,
  })
}

async function holders(ledger: Ledger, { name }: SyncPlan): Promise<readonly string[]> {
  return (await ledger.claims(name)).map(({ holder }) => holder)
}

function reasons(
  plan: SyncPlan,
  complete: Readonly<Record<Side, boolean>>,
  busy: ReadonlySet<string>,
): readonly string[] {
  return [
    ...SIDES.filter((side) => !complete[side]).map(
      (side) =>
        `The listing of the ${side} (${plan[side].provider}) may lack contacts: it did not end as one that reaches every contact.`,
    ),
    ...(busy.size > 0
      ? [
          'A run of the sync was at work meanwhile, or was not ended: what it writes may look like a difference.',
        ]
      : []),
  ]
}

/** The fields named in `lost`, but custom fields, which are counted as they come. */
function plainLost({ definition: { lost } }: SyncPlan): readonly string[] {
  const fields = Array.isArray(lost) ? lost : []
  return fields.flatMap((field) => (typeof field === 'string' && field !== 'customFields' ? field : []))
}

function randomSalt(): string {
  return randomBytes(16).toString('base64url')
}
