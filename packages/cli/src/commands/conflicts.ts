import { type ConflictDecision, listConflicts, type OpenConflict, resolveConflict } from '@anycontact/sync'
import { Option } from '@commander-js/extra-typings'
import { collected, command } from '../command.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { readFieldValue } from '../input/fields.ts'
import { valueText } from '../output/changes.ts'
import { isJson } from '../output/format.ts'
import { jsonLine, safeText } from '../output/safe-text.ts'
import { styleOf } from '../output/style.ts'
import { printTable } from '../output/table.ts'
import { counted } from '../output/whole.ts'
import { Session } from '../session.ts'
import { type OpenSync, openSync, SYNC_ARGUMENT, withLedger } from '../sync/open-sync.ts'

/** What is to be decided of conflicts. */
interface DecisionOptions {
  readonly resolve?: readonly string[] | undefined
  readonly take?: 'source' | 'target' | undefined
  readonly value?: string | undefined
  readonly clear?: boolean | undefined
}

/** `anycontact conflicts`: fields that changed on both sides, and who wins. */
export function conflictsCommand(host: Host) {
  return command({
    name: 'conflicts',
    summary: 'Lists fields that changed on both sides of a sync and wait for a decision, or decides them.',
    examples: [
      { line: 'anycontact conflicts nightly', what: 'What waits:' },
      {
        line: 'anycontact conflicts nightly --resolve k7f2 --take source',
        what: "One side's value for both, at the next run:",
      },
      { line: "anycontact conflicts nightly --resolve k7f2 --value 'Ana Souza'", what: 'Another one:' },
    ],
  })
    .argument(...SYNC_ARGUMENT)
    .option('--resolve <id>', 'decide this one, or all; may be repeated', collected)
    .addOption(
      new Option('--take <side>', 'whose value both sides get').choices(['source', 'target'] as const),
    )
    .addOption(new Option('--value <value>', 'the value that both sides get').conflicts('take'))
    .addOption(new Option('--clear', 'leave the field empty on both sides').conflicts(['take', 'value']))
    .option('--json', 'one conflict a line as JSON, as in a pipe')
    .action(async (given, options) => {
      checkDecision(options)
      const session = new Session(host, options)
      const opened = await openSync(session, given)
      await withLedger(session, { dryRun: options.resolve === undefined }, async (ledger) => {
        const conflicts: OpenConflict[] = []
        for await (const conflict of listConflicts(opened.sync, { ledger })) conflicts.push(conflict)
        if (options.resolve === undefined) {
          await print(conflicts, opened, host, isJson(options, host.stdout))
          return
        }
        const chosen = chosenOf(conflicts, options.resolve, opened)
        for (const { id, field } of chosen) {
          await resolveConflict(opened.sync, { ledger, conflict: id, decision: decisionOf(options, field) })
        }
        await host.stderr.write(
          `Decided: ${counted(chosen.length, 'conflict')}. The next \`anycontact sync ${safeText(opened.name)}\` carries it out.\n`,
        )
      })
    })
}

function checkDecision({ resolve, take, value, clear }: DecisionOptions): void {
  const isDecided = take !== undefined || value !== undefined || clear === true
  if (resolve === undefined && isDecided)
    throw new UsageError('Say which conflict: --resolve <id>, or --resolve all.')
  if (resolve !== undefined && !isDecided) {
    throw new UsageError('Say what is to be: --take source, --take target, --value <value> or --clear.')
  }
}

function chosenOf(
  conflicts: readonly OpenConflict[],
  ids: readonly string[],
  { name }: OpenSync,
): readonly OpenConflict[] {
  if (ids.includes('all')) return conflicts
  const unknown = ids.filter((id) => conflicts.every((conflict) => conflict.id !== id))
  if (unknown.length === 0) return conflicts.filter(({ id }) => ids.includes(id))
  throw new UsageError(
    `There is no conflict ${unknown.join(', ')}: \`anycontact conflicts ${name}\` lists those that there are.`,
  )
}

function decisionOf({ take, value }: DecisionOptions, field: string): ConflictDecision {
  if (take !== undefined) return take
  return { value: value === undefined ? null : readFieldValue(field, value) }
}

async function print(
  conflicts: readonly OpenConflict[],
  { name, source, target }: OpenSync,
  host: Host,
  asJson: boolean,
): Promise<void> {
  const { stdout, stderr } = host
  if (asJson) {
    for (const conflict of conflicts) await stdout.write(jsonLine(conflict))
    return
  }
  if (conflicts.length === 0) {
    await stderr.write(`Nothing waits for a decision in ${safeText(name)}.\n`)
    return
  }
  const titles = ['id', 'contact', 'field', source, target, 'decided']
  const rows = conflicts.map(({ id, key = '', field, source, target, decision }) => [
    id,
    key,
    field,
    valueText(source),
    valueText(target),
    decisionText(decision),
  ])
  const columns = titles.map((title) => ({ title }))
  const width = stdout.isTerminal ? stdout.columns : undefined
  await stdout.write(printTable({ columns, width, style: styleOf(host, stdout) }, rows))
}

function decisionText(decision: ConflictDecision | undefined): string {
  if (decision === undefined) return ''
  return typeof decision === 'string' ? decision : `value ${valueText(decision.value ?? undefined)}`
}
