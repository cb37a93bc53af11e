import { Option } from '@commander-js/extra-typings'
import { command } from '../command.ts'
import { Ended, Unfinished } from '../errors/ended.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { readColumns } from '../input/columns.ts'
import { FILE_FORMATS, formatOfFile } from '../input/file-format.ts'
import { readWhere } from '../input/where.ts'
import { checkColumns, printContacts } from '../output/contacts.ts'
import { openFile } from '../output/file.ts'
import { createProgress } from '../output/progress.ts'
import { safeText } from '../output/safe-text.ts'
import { counted, requireWhole } from '../output/whole.ts'
import { Session } from '../session.ts'

/** `anycontact export`: the contacts of a provider as a file. */
export function exportCommand(host: Host) {
  return command({
    name: 'export',
    summary: 'Writes contacts to a file, or to standard output.',
    examples: [
      { line: 'anycontact export --from cognipeer --output all.vcf', what: 'All contacts as vCards:' },
      {
        line: "anycontact export --where 'customFields.plan=pro' --columns name,email --format csv > pro.csv",
        what: 'Two columns of some, for a spreadsheet:',
      },
    ],
  })
    .option('--from <provider>', 'which provider; not needed where there is a default or only one')
    .option('-o, --output <file>', 'the file, which only its owner can read; without it standard output')
    .addOption(
      new Option('--format <format>', "without it as the file's name ends: .csv, .vcf, .ndjson").choices(
        FILE_FORMATS,
      ),
    )
    .addOption(new Option('--vcard-version <version>', 'of vCards').choices(['3.0', '4.0'] as const))
    .option(
      '--where <condition>',
      'field=value, field!=value, field=a,b, field (has one), field= (has none), or JSON; may be repeated',
      readWhere,
    )
    .option('--columns <names>', 'which fields, with commas between them', readColumns)
    .option('--include-deleted', 'those too that the provider keeps as deleted')
    .action(async (options) => {
      const { where, includeDeleted, columns, vcardVersion } = options
      const path = options.output === '-' ? undefined : options.output
      const format = options.format ?? (path === undefined ? 'ndjson' : formatOfFile(path, 'written'))
      checkColumns({ format, columns })
      if (format !== 'vcard' && vcardVersion !== undefined)
        throw new UsageError(`--vcard-version is for vCards, and this export is ${format}.`)
      const { name, contacts } = await new Session(host, options).openWith(options.from, 'list', '--from')
      await using file = path === undefined ? undefined : await openFile(path, host)
      const to = file ?? host.stdout
      const listing = contacts.list({ where, includeDeleted, signal: host.signal })
      const progress = to.isTerminal ? undefined : createProgress(host)
      let count = 0
      try {
        await printContacts(listing, host, {
          format,
          columns,
          to,
          vcardVersion,
          onContact(done) {
            count = done
            progress?.update({ title: `Exporting from ${name}`, done })
          },
          onEnd: async () => await progress?.end(),
        })
      } catch (error) {
        throw error instanceof Ended ? error : new Unfinished(error, soFar(count, path))
      } finally {
        await progress?.end()
      }
      await file?.keep()
      if (!to.isTerminal) {
        const where = path === undefined ? '' : ` to ${path}`
        await host.stderr.write(
          `${safeText(`Exported ${counted(count, 'contact')} from ${name}${where}.`)}\n`,
        )
      }
      await requireWhole(listing, { host, provider: name, count })
    })
}

function soFar(count: number, path: string | undefined): string {
  const came = `${counted(count, 'contact')} had come, and there may be more`
  return path === undefined
    ? `Not whole: ${came}.`
    : `${came[0]?.toUpperCase()}${came.slice(1)}; ${path} was not written.`
}
