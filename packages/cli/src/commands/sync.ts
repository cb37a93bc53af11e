import {
  type ContactEvent,
  listProblems,
  type RunProgress,
  runSync,
  type SyncProblem,
} from '@anycontact/sync'
import { InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { command } from '../command.ts'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import type { Host } from '../host.ts'
import { isJson } from '../output/format.ts'
import { createProgress, type ProgressState } from '../output/progress.ts'
import { Session } from '../session.ts'
import {
  HOW_TO_SYNC,
  isBothWays,
  type OpenSync,
  openSync,
  SYNC_ARGUMENT,
  withLedger,
} from '../sync/open-sync.ts'
import { reportJson, reportText, SHOWN } from '../sync/report.ts'
import { goesOn, inWords } from '../sync/words.ts'

/** `anycontact sync`: two providers brought into step. */
export function syncCommand(host: Host) {
  return command({
    name: 'sync',
    summary: 'Brings the contacts of two providers into step, as the configuration says.',
    examples: [
      { line: 'anycontact sync nightly --dry-run', what: 'What a run would do, without doing it:' },
      { line: 'anycontact sync nightly', what: 'Run it; run it again after Ctrl-C, and it goes on:' },
    ],
  })
    .argument(...SYNC_ARGUMENT)
    .option('--dry-run', 'only tell what would be done')
    .option(
      '--max-deletions <share>',
      'how many of the linked contacts this run may delete: 0.4 or 40%',
      readShare,
    )
    .addOption(
      new Option(
        '--changed-definition <what>',
        'where the sync was defined otherwise before: go on with what was agreed, or compare everything anew',
      ).choices(['continue', 'restart'] as const),
    )
    .option('--json', 'print the report as JSON, as in a pipe')
    .addHelpText('after', HOW_TO_SYNC)
    .action(async (given, options) => {
      const session = new Session(host, options)
      const opened = await openSync(session, given)
      const { name, sync } = opened
      const { dryRun = false, maxDeletions, changedDefinition } = options
      const most = options.verbose ? Number.POSITIVE_INFINITY : SHOWN
      const { signal, clock } = host
      await withLedger(session, { dryRun }, async (ledger) => {
        const planned: ContactEvent[] = []
        let plannedCount = 0
        const onContact = (event: ContactEvent): void => {
          if (event.outcome === 'unchanged' || event.problem) return
          plannedCount++
          if (planned.length < most) planned.push(event)
        }
        const progress = createProgress(host)
        const report = await runSync(sync, {
          ledger,
          dryRun,
          maxDeletions,
          changedDefinition,
          signal,
          clock,
          onProgress: (state) => progress.update(progressOf(state, opened)),
          ...(dryRun && { onContact }),
        })
          .catch((error: unknown) => {
            throw dryRun ? inWords(error, name) : goesOn(inWords(error, name), name, signal)
          })
          .finally(() => progress.end())
        const problems: SyncProblem[] = []
        if (!dryRun) {
          for await (const problem of listProblems(sync, { ledger })) {
            if (problems.length === most) break
            problems.push(problem)
          }
        }
        const init = { opened, report, problems, planned, plannedCount }
        await host.stdout.write(isJson(options, host.stdout) ? reportJson(init) : reportText(init, host))
        const { failed, unreadable } = report
        if (failed + unreadable.source + unreadable.target > 0) throw new Ended(EXIT.failed)
      })
    })
}

/** Reads a share: `0.4` or `40%`. */
function readShare(text: string): number {
  const [, number, percent] = /^(\d+(?:\.\d+)?)\s*(%)?$/.exec(text.trim()) ?? []
  const share = Number(number) / (percent ? 100 : 1)
  if (!(share >= 0 && share <= 1))
    throw new InvalidArgumentError('It must be from 0 to 1, or from 0% to 100%.')
  return share
}

function progressOf({ phase, read, total }: RunProgress, opened: OpenSync): ProgressState {
  const { source, target } = opened
  switch (phase) {
    case 'target':
      return { title: `Reading ${target}`, done: read.target, total: total.target }
    case 'source':
      return {
        title: isBothWays(opened)
          ? `Bringing ${source} and ${target} into step`
          : `Bringing ${source} to ${target}`,
        done: read.source,
        total: total.source,
      }
    case 'leftovers':
      return { title: 'Looking for what is gone', done: read.source + read.target }
    case 'settling':
      return { title: 'Waiting for writes that were cut off', done: read.source + read.target }
    case 'done':
      return { title: 'Done', done: read.source + read.target }
  }
}
