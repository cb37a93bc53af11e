import { type ContactInput, ContactsError, type RefKey } from '@anycontact/core'
import { keyForm } from '@anycontact/core/adapter-kit'
import {
  type ContactEvent,
  type Ledger,
  listProblems,
  runSync,
  type Sync,
  SyncError,
  type SyncReport,
} from '@anycontact/sync'
import { Unfinished } from '../errors/ended.ts'
import type { Host } from '../host.ts'
import { createProgress } from '../output/progress.ts'
import { counted } from '../output/whole.ts'
import { Course, type CourseInit, type Problem } from './course.ts'
import type { ImportFile, RefusedRows } from './import-file.ts'
import type { Scan } from './scan.ts'

/** What an import is run with. */
export interface ImportRunInit extends CourseInit {
  readonly host: Host
  readonly file: ImportFile
  readonly scan: Scan
  readonly by: RefKey
  readonly sync: Sync
  readonly ledger: Ledger
}

/** What an import did, or would do. */
export interface ImportOutcome {
  readonly report: SyncReport
  readonly refused: RefusedRows
  /** Of a dry run: what would be created and changed, or the first of it. */
  readonly planned: readonly ContactEvent[]
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
  const { host, file, sync, ledger, dryRun } = init
  const progress = createProgress(host)
  const before = dryRun ? undefined : await interruptedRun(init)
  const course = new Course(init, before?.counts ?? {})
  let isTold = before === undefined
  try {
    const report = await runSync(sync, {
      ledger,
      dryRun,
      signal: host.signal,
      clock: host.clock,
      settleMs: SETTLE_MS,
      // Other columns than last time: what was agreed is compared anew.
      changedDefinition: 'restart',
      onContact(event) {
        course.take(event)
        progress.update(course.state())
      },
      onProgress(state) {
        // Not before: another process may be at it.
        if (!isTold) progress.say('This import was interrupted before: it goes on where it was.')
        isTold = true
        progress.update(course.state(state))
        if (state.waitMs !== undefined) progress.say(waitText(state.waitMs))
      },
    })
    return { report, refused: await file.refused(await reasons(init, course)), planned: course.planned }
  } catch (error) {
    if (error instanceof SyncError && error.reason === 'locked') throw lockedError(error, init)
    throw dryRun ? error : new Unfinished(error, await soFar(init))
  } finally {
    await progress.end()
  }
}

/** The run that was stopped or killed, and is gone on with. */
async function interruptedRun(init: ImportRunInit) {
  const last = await lastRun(init)
  return last?.state === 'running' ? last : undefined
}

function lockedError({ holder }: SyncError, { file, provider }: ImportRunInit): Error {
  const who = holder === undefined ? '' : `, by ${holder}`
  return new Error(
    `${file.name} is being imported into ${provider} already${who}. Wait for that to end, or stop it, and start again.`,
  )
}

function waitText(waitMs: number): string {
  const seconds = counted(Math.ceil(waitMs / 1000), 'second')
  return `A write that was cut off may still be under way: waiting ${seconds}, so that nothing is written twice.`
}

async function lastRun({ ledger, sync }: ImportRunInit) {
  const [last] = (await ledger.state(sync.name)) ? await ledger.runs(sync.name, 1) : []
  return last
}

async function soFar(init: ImportRunInit): Promise<string> {
  const { scan, provider } = init
  const last = await lastRun(init)
  const { created = 0, updated = 0, unchanged = 0 } = last?.counts ?? {}
  const done = created + updated + unchanged
  return `${provider} has ${done.toLocaleString('en-US')} of ${counted(scan.rows, 'row')}; the same command goes on from there.`
}

/** Says of a contact why the provider does not have it. */
async function reasons(
  init: ImportRunInit,
  course: Course,
): Promise<(contact: ContactInput) => ContactsError | undefined> {
  const { sync, ledger, by, dryRun } = init
  const { problems } = course
  if (!dryRun) {
    for await (const { key, code, message } of listProblems(sync, { ledger })) {
      if (key !== undefined) problems.set(key, { code, message })
    }
  }
  return (contact) => {
    const key = contact[by]
    const problem = typeof key === 'string' ? problems.get(keyForm(by, key)) : undefined
    return problem && refusal(problem, init)
  }
}

function refusal({ code, message }: Problem, init: ImportRunInit): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    vendorCode: code,
    message: problemText(code, init) ?? message,
  })
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
