import type { ContactsWith, CsvDelimiter, WritableField } from '@anycontact/core'
import { REF_KEYS } from '@anycontact/core/adapter-kit'
import type { CsvTarget } from '@anycontact/formats'
import { Argument, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { collected, command } from '../command.ts'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { openImportFile } from '../import/import-file.ts'
import { planImport } from '../import/plan.ts'
import { refusedFile } from '../import/refused-file.ts'
import { columnsText, reportJson, reportText } from '../import/report.ts'
import { runImport } from '../import/run.ts'
import { type Scan, scanFile } from '../import/scan.ts'
import { FILE_FORMATS, formatOfFile } from '../input/file-format.ts'
import { fieldPlaces, readDrop, readMap } from '../input/places.ts'
import { isJson } from '../output/format.ts'
import { createProgress } from '../output/progress.ts'
import { safeText } from '../output/safe-text.ts'
import { counted } from '../output/whole.ts'
import { Session } from '../session.ts'

/** `anycontact import`: the contacts of a file to a provider. */
export function importCommand(host: Host) {
  return command({
    name: 'import',
    summary: 'Imports a file of contacts: creates those that are new, and updates what differs.',
    examples: [
      {
        line: 'anycontact import leads.csv --to chatbotkit --by email --dry-run',
        what: 'What would be done with each column and row:',
      },
      {
        line: "anycontact import leads.csv --to chatbotkit --by email --map 'Customer no=externalId' --drop tags",
        what: 'Doing it, with a column that is called otherwise, and without a field that the provider has not:',
      },
    ],
  })
    .addArgument(new Argument('<file>', 'CSV, vCard or NDJSON, as its name ends'))
    .option('--to <provider>', 'which provider; not needed where there is a default or only one')
    .addOption(new Option('--by <key>', 'what tells contacts apart').choices(REF_KEYS).makeOptionMandatory())
    .option('--dry-run', 'only say what would be done, the first ten of each kind; all with --verbose')
    .addOption(new Option('--format <format>', "if the file's name does not tell").choices(FILE_FORMATS))
    .option(
      '--map <column=field>',
      "where a column, or a field of vCard or NDJSON, goes: 'Customer no=externalId'; may be repeated",
      readMap,
    )
    .option('--ignore <column>', 'a column that is left out; may be repeated', collected)
    .option('--drop <field>', 'a field that is left out; may be repeated', readDrop)
    .addOption(
      new Option(
        '--delimiter <character>',
        'what stands between cells, if not found out: , or ; or tab',
      ).argParser(readDelimiter),
    )
    .option('--encoding <name>', 'of the file, if not UTF-8: windows-1252 for example')
    .option('--refused <file>', 'where rows that are refused are written; else beside the file')
    .option('--yes', 'do not ask')
    .option('--json', 'print the report as JSON, as in a pipe')
    .action(async (name, options) => {
      const { by, dryRun = false, verbose = false } = options
      const session = new Session(host, options)
      const { name: provider, contacts: target } = await session.openWith(options.to, 'list', '--to')
      const format = options.format ?? formatOfFile(name, 'read')
      const places = format === 'csv' ? {} : fieldPlaces(options.map ?? {})
      const file = await openImportFile(
        name,
        {
          format,
          by,
          columns: columnsOf(options.map, options.ignore),
          delimiter: options.delimiter,
          encoding: options.encoding,
          holdsMethods: holds(target, 'contactMethods'),
        },
        host,
      )
      const refusals = await refusedFile(file, options.refused, host)
      if (!dryRun) await refusals.check()
      const scan = await scanned(file, host)
      const sync = planImport({ file, scan, by, drop: options.drop ?? [], places, provider, target })
      if (!dryRun && options.yes !== true) await confirm(host, { scan, provider })
      const ledger = await session.openLedger({ dryRun })
      try {
        const outcome = await runImport({ host, file, scan, by, provider, sync, ledger, dryRun, verbose })
        // What was done is told, whatever becomes of that file.
        const written = dryRun ? false : await refusals.write(outcome.refused.text).catch(toError)
        const hasFile = written === true
        const init = {
          ...outcome,
          file,
          scan,
          by,
          provider,
          verbose,
          refusedFile: hasFile ? refusals.name : undefined,
        }
        if (isJson(options, host.stdout)) {
          await host.stdout.write(reportJson(init))
          if (hasFile) await host.stderr.write(`${safeText(refusals.name)} has the rows that were refused.\n`)
        } else {
          if (dryRun && scan.columns) await host.stdout.write(`${columnsText(scan.columns, host)}\n`)
          await host.stdout.write(reportText(init))
        }
        if (written instanceof Error) throw unwritten(written)
        if (outcome.refused.failures.length > 0) throw new Ended(EXIT.failed)
      } finally {
        await ledger.close()
      }
    })
}

function holds({ capabilities: { update } }: ContactsWith<'list'>, field: WritableField): boolean {
  const fields: readonly WritableField[] = update?.fields ?? []
  return fields.includes(field)
}

async function scanned(file: Parameters<typeof scanFile>[0], host: Host): Promise<Scan> {
  const progress = createProgress(host)
  try {
    return await scanFile(file, {
      signal: host.signal,
      onRow: (done) => progress.update({ title: `Reading ${file.name}`, done }),
    })
  } finally {
    await progress.end()
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

/** Something was done: this is no wrong command line any more. */
function unwritten({ message }: Error): Error {
  return new Error(
    `The rows that were refused are in no file: ${message} Import again with --refused to name another one: what is imported is not written again.`,
  )
}

/** Asks whoever sits at a terminal; nobody else. */
async function confirm(
  host: Host,
  { scan, provider }: { readonly scan: Scan; readonly provider: string },
): Promise<void> {
  if (!host.canAsk) return
  if (scan.columns) await host.stderr.write(`${columnsText(scan.columns, host)}\n`)
  const good = scan.rows - scan.refused.length
  if (good === 0) return
  const without = scan.refused.length > 0 ? `, and ${counted(scan.refused.length, 'row')} not` : ''
  if ((await host.ask(safeText(`Import ${counted(good, 'row')} to ${provider}${without}?`))) === true) return
  host.signal.throwIfAborted()
  await host.stderr.write('Nothing was imported.\n')
  throw new Ended(EXIT.failed)
}

function columnsOf(
  map: Readonly<Record<string, CsvTarget>> = {},
  ignored: readonly string[] = [],
): Record<string, CsvTarget> {
  const both = ignored.find((header) => Object.hasOwn(map, header.trim()))
  if (both !== undefined) throw new UsageError(`--ignore ${both} and --map ${both}=…: it can be one of them.`)
  return { ...map, ...Object.fromEntries(ignored.map((header) => [header.trim(), null])) }
}

const DELIMITERS: Readonly<Record<string, CsvDelimiter>> = {
  ',': ',',
  ';': ';',
  '\t': '\t',
  '\\t': '\t',
  tab: '\t',
  comma: ',',
  semicolon: ';',
}

function readDelimiter(text: string): CsvDelimiter {
  const delimiter = Object.hasOwn(DELIMITERS, text) ? DELIMITERS[text] : undefined
  if (delimiter === undefined) throw new InvalidArgumentError('It must be a comma, a semicolon or tab.')
  return delimiter
}
