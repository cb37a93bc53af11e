import { type ContactInput, ContactsError, type RefKey } from '@anycontact/core'
import { keyForm } from '@anycontact/core/adapter-kit'
import { type Ledger, listProblems, runSync, type Sync, type SyncReport } from '@anycontact/sync'
import { Unfinished } from '../errors/ended.ts'
import type { Host } from '../host.ts'
import { createProgress } from '../output/progress.ts'
import { counted } from '../output/whole.ts'
import type { ImportFile, RefusedRows } from './import-file.ts'
import type { Scan } from './scan.ts'

/** What an import is run with. */
export interface ImportRunInit {
  readonly host: Host
  readonly file: ImportFile
  readonly scan: Scan
  readonly by: RefKey
  readonly provider: string
  readonly sync: Sync
  readonly ledger: Ledger
  readonly dryRun: boolean
}

/** What an import did, or would do. */
export interface ImportOutcome {
  readonly report: SyncReport
  readonly refused: RefusedRows
}

/**
 * A write that was cut off by a kill is looked into when it cannot be under way any more. A write is given up after half of this, so that
 * nobody waits for the minutes that a sync in the background may take.
 */
const SETTLE_MS = 30_000

/**
 * Runs an import, or goes on with one that was stopped.
 *
 * @throws Unfinished with how many rows are in
 */
export async function runImport(init: ImportRunInit): Promise<ImportOutcome> {
  const { host, file, scan, provider, sync, ledger, dryRun } = init
  if (!dryRun) await tellGoesOn(init)
  const progress = createProgress(host)
  try {
    const report = await runSync(sync, {
      ledger,
      dryRun,
      signal: host.signal,
      clock: host.clock,
      settleMs: SETTLE_MS,
      // Other columns than last time: what was agreed is compared anew.
      changedDefinition: 'restart',
      onProgress({ phase, read, total }) {
        if (phase === 'target')
          progress.update({ title: `Reading ${provider}`, done: read.target, total: total.target })
        else
          progress.update({
            title: dryRun ? 'Comparing' : 'Importing',
            done: read.source,
            total: scan.rows - scan.refused.length,
          })
      },
    })
    return { report, refused: await file.refused(await reasons(init)) }
  } catch (error) {
    throw dryRun ? error : new Unfinished(error, await soFar(init))
  } finally {
    await progress.end()
  }
}

async function tellGoesOn({ ledger, sync, host }: ImportRunInit): Promise<void> {
  const [last] = (await ledger.state(sync.name)) ? await ledger.runs(sync.name, 1) : []
  if (last?.state === 'running')
    await host.stderr.write('This import was interrupted before: it goes on where it was.\n')
}

async function soFar({ ledger, sync, scan, provider }: ImportRunInit): Promise<string> {
  const [last] = (await ledger.state(sync.name)) ? await ledger.runs(sync.name, 1) : []
  const { created = 0, updated = 0, unchanged = 0 } = last?.counts ?? {}
  const done = created + updated + unchanged
  return `${provider} has ${done.toLocaleString('en-US')} of ${counted(scan.rows, 'row')}; the same command goes on from there.`
}

/** Says of a contact why the provider does not have it. */
async function reasons({
  sync,
  ledger,
  by,
  dryRun,
  provider,
}: ImportRunInit): Promise<(contact: ContactInput) => ContactsError | undefined> {
  const problems = new Map<string, ContactsError>()
  if (!dryRun) {
    for await (const { key, code, message } of listProblems(sync, { ledger })) {
      if (key === undefined) continue
      const words = problemText(code, { by, provider }) ?? message
      problems.set(key, new ContactsError({ code: 'invalid_input', vendorCode: code, message: words }))
    }
  }
  return (contact) => {
    const key = contact[by]
    return typeof key === 'string' ? problems.get(keyForm(by, key)) : undefined
  }
}

/** What a sync says of two sides, as an import says it. */
function problemText(
  code: string,
  { by, provider }: Pick<ImportRunInit, 'by' | 'provider'>,
): string | undefined {
  if (code === 'ambiguous')
    return `Several contacts of ${provider} have this ${by}. Merge them there, so that one is left.`
  if (code === 'unsettled')
    return 'A write for it was cut off, and it cannot be found out yet what became of it. Import again in some minutes.'
  return undefined
}
