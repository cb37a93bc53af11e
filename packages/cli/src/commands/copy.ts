import {
  type ContactInput,
  type ContactsBase,
  type ContactsWith,
  type CopyProgress,
  type CopyReport,
  copyContacts,
} from '@anycontact/core'
import { REF_KEYS } from '@anycontact/core/adapter-kit'
import type { LostField } from '@anycontact/sync'
import { Option } from '@commander-js/extra-typings'
import { command } from '../command.ts'
import { copyJson, copyText } from '../copy/report.ts'
import { Ended, Unfinished } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { readDrop } from '../input/places.ts'
import { readWhere } from '../input/where.ts'
import { isJson } from '../output/format.ts'
import { createProgress, type ProgressState } from '../output/progress.ts'
import { counted, requireWhole } from '../output/whole.ts'
import { Session } from '../session.ts'

/** `anycontact copy`: the contacts of one provider to another. */
export function copyCommand(host: Host) {
  return command({
    name: 'copy',
    summary:
      'Copies the contacts of one provider to another: creates those that are new, and updates what differs.',
    examples: [
      {
        line: 'anycontact copy --from cognipeer --to chatbotkit --by externalId --dry-run',
        what: 'What would be done, and what the other provider has no place for:',
      },
      {
        line: "anycontact copy --from cognipeer --to chatbotkit --by email --where 'customFields.plan=pro'",
        what: 'Doing it, for some of them; it can be run again:',
      },
    ],
  })
    .requiredOption('--from <provider>', 'where contacts come from')
    .requiredOption('--to <provider>', 'where they are written to')
    .addOption(new Option('--by <key>', 'what tells contacts apart').choices(REF_KEYS).makeOptionMandatory())
    .option(
      '--where <condition>',
      'which contacts: field=value, field!=value, field=a,b, field (has one), field= (has none), or JSON; may be repeated',
      readWhere,
    )
    .option('--drop <field>', 'a field that is not copied; may be repeated', readDrop)
    .option('--dry-run', 'only say what would be done')
    .option('--json', 'print the report as JSON, as in a pipe')
    .action(async (options) => {
      const { by, where, drop = [], dryRun = false, verbose = false } = options
      if (options.from === options.to) throw new UsageError('--from and --to are the same provider.')
      const session = new Session(host, options)
      const from = await session.openWith(options.from, 'list', '--from')
      const to = await session.open(options.to, '--to')
      const progress = createProgress(host)
      let last: CopyProgress = { created: 0, updated: 0, unchanged: 0, stored: 0, failed: 0 }
      const report = await copyContacts(from.contacts, writable(to), {
        by,
        where,
        dryRun,
        // Where the target has no lookup by the key, it is read once, whole.
        scan: true,
        signal: host.signal,
        ...(drop.length > 0 && { map: (input: ContactInput) => without(input, drop) }),
        onProgress(state) {
          last = state
          progress.update(stateOf(state, { title: `Copying to ${to.name}`, dryRun }))
        },
      })
        .catch((error: unknown) => {
          throw dryRun || sum(last) === 0 ? error : new Unfinished(error, soFar(last, to.name))
        })
        .finally(() => progress.end())
      const init = { report, from: from.name, to: to.name, by, verbose }
      await host.stdout.write(isJson(options, host.stdout) ? copyJson(init) : copyText(init, host))
      await requireWhole(report, { host, provider: from.name, count: report.read })
      if (isShort(report)) throw new Ended(EXIT.failed)
    })
}

function writable({
  name,
  contacts,
}: {
  readonly name: string
  readonly contacts: ContactsBase
}): ContactsWith<'upsertMany'> {
  if (contacts.supports('upsertMany')) return contacts
  throw new UsageError(
    `The provider ${name} cannot be copied to. \`anycontact providers\` shows what each can do.`,
  )
}

/** What is written of a contact, without what is to be left out. */
function without(input: ContactInput, drop: readonly LostField[]): ContactInput {
  const kept = Object.entries(input).filter(([field]) => !drop.some((one) => one === field))
  const { customFields, ...fields }: ContactInput = Object.fromEntries(kept)
  if (!customFields) return fields
  const custom = Object.entries(customFields).filter(
    ([key]) => !drop.some((one) => one === `customFields.${key}`),
  )
  return custom.length === 0 ? fields : { ...fields, customFields: Object.fromEntries(custom) }
}

function sum({ created, updated, unchanged, stored, failed }: CopyProgress): number {
  return created + updated + unchanged + stored + failed
}

function stateOf(
  state: CopyProgress,
  { title, dryRun }: { readonly title: string; readonly dryRun: boolean },
): ProgressState {
  const notes = (['created', 'updated', 'failed'] as const)
    .filter((outcome) => state[outcome] > 0)
    .map((outcome) => `${state[outcome].toLocaleString('en-US')} ${outcome}`)
  return {
    title: dryRun ? 'Comparing' : title,
    done: sum(state),
    ...(notes.length > 0 && { note: notes.join(', ') }),
  }
}

function soFar(state: CopyProgress, to: string): string {
  const done = sum(state) - state.failed
  return `${to} has ${counted(done, 'contact')} of this copy; the same command goes on: what is there already is not written again.`
}

function isShort({ failed, stillDeleted = [] }: CopyReport): boolean {
  return failed.length > 0 || stillDeleted.length > 0
}
