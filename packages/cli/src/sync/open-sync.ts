import { defineSync, type Ledger, type Sync } from '@anycontact/sync'
import { isSync, type SyncConfig } from '../config/syncs.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Session } from '../session.ts'

/** A sync that is open. */
export interface OpenSync {
  /** What commands call it. */
  readonly name: string
  readonly sync: Sync
  /** What its sides are called. */
  readonly source: string
  readonly target: string
}

/** Whether edits of either side come to the other. */
export function isBothWays({ sync }: OpenSync): boolean {
  return sync.definition.direction === 'both'
}

/** How syncs are configured, for the help of the commands about them. */
export const HOW_TO_SYNC = `
A sync is a part of anycontact.config:

  syncs: {
    nightly: { source: 'crm', target: 'bot', by: 'externalId', lost: ['tags', 'status'] },
  },

or, in a .ts file, what defineSync of @anycontact/sync returns: then its fields are checked by the compiler.`

/** What the argument that names a sync is called, and what it says. */
export const SYNC_ARGUMENT = [
  '[name]',
  'as the configuration has it; not needed where there is only one',
] as const

/**
 * Opens a sync.
 *
 * @param name - as the configuration has it; without one the only one
 * @throws UsageError where there is none such; ContactsError `config` for one that cannot be carried out
 */
export async function openSync(session: Session, name: string | undefined): Promise<OpenSync> {
  const { syncs = {} } = await session.config()
  const names = Object.keys(syncs)
  if (names.length === 0) {
    throw new UsageError('No sync is configured here: `anycontact sync --help` shows how.')
  }
  const chosen = name ?? (names.length === 1 ? names[0] : undefined)
  if (chosen === undefined) throw new UsageError(`Say which sync: ${names.join(', ')}.`)
  const config = Object.hasOwn(syncs, chosen) ? syncs[chosen] : undefined
  if (config === undefined) {
    const are = names.length === 1 ? 'is' : 'are'
    throw new UsageError(`There is no sync ${chosen}; there ${are} ${names.join(', ')}.`)
  }
  return await made(session, chosen, config)
}

async function made(session: Session, name: string, config: SyncConfig): Promise<OpenSync> {
  if (isSync(config)) {
    const { source, target } = config.definition
    return { name, sync: config, source: String(source), target: String(target) }
  }
  const { source, target, ...settings } = config
  if ('name' in settings) {
    throw new UsageError(
      `The sync ${name} cannot have another name. Its name is ${name}: leave \`name\` out.`,
    )
  }
  const from = await session.openWith(source, 'list')
  const to = await session.openWith(target, 'list')
  const sync = defineSync({ ...settings, name, source: from.contacts, target: to.contacts })
  return { name, sync, source, target }
}

/** Opens the ledger for a piece of work, and closes it. */
export async function withLedger<Result>(
  session: Session,
  options: { readonly dryRun?: boolean | undefined },
  work: (ledger: Ledger) => Promise<Result>,
): Promise<Result> {
  const ledger = await session.openLedger(options)
  try {
    return await work(ledger)
  } finally {
    await ledger.close()
  }
}
