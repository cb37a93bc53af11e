import { command, providerOption } from '../command.ts'
import type { Host } from '../host.ts'
import { readColumns } from '../input/columns.ts'
import { limited, readCount } from '../input/limit.ts'
import { printContacts } from '../output/contacts.ts'
import { formatOf, formatOption, jsonOption } from '../output/format.ts'
import { Session } from '../session.ts'

/** `anycontact search`: the contacts in which a text stands. */
export function searchCommand(host: Host) {
  return command({
    name: 'search',
    summary: 'Lists contacts by a text in their names, addresses or numbers.',
    examples: [
      { line: 'anycontact search souza --limit 10', what: 'The first ten that have to do with a name:' },
    ],
  })
    .argument('<text>', 'what to look for')
    .addOption(providerOption())
    .option('--columns <names>', 'which fields, with commas between them', readColumns)
    .option('--limit <number>', 'at most so many', readCount)
    .addOption(formatOption())
    .addOption(jsonOption())
    .action(async (text, options) => {
      const { contacts } = await new Session(host, options).openWith(options.provider, 'search')
      const found = contacts.search(text, { signal: host.signal })
      await printContacts(limited(found, options.limit), host, {
        format: formatOf(options, host.stdout),
        columns: options.columns,
      })
    })
}
