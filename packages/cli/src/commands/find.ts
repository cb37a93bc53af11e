import { command, providerOption } from '../command.ts'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import type { Host } from '../host.ts'
import { readColumns } from '../input/columns.ts'
import { checkKey, readWho, refOf, SCAN_OPTION, WHO, WHO_HELP } from '../input/who.ts'
import { formatOf, formatOption, jsonOption } from '../output/format.ts'
import { printContact } from '../output/one-contact.ts'
import { Session } from '../session.ts'

/** `anycontact find`: one contact, which may not be there. */
export function findCommand(host: Host) {
  return command({
    name: 'find',
    summary: 'Shows one contact, or nothing and ends with 1 where there is none.',
    examples: [
      {
        line: 'anycontact find email=ana@example.com > ana.json || echo "not there"',
        what: 'For scripts, which see by the exit code whether it is there:',
      },
    ],
  })
    .argument(WHO, WHO_HELP, readWho)
    .addOption(providerOption())
    .option(...SCAN_OPTION)
    .option('--columns <names>', 'which fields, with commas between them', readColumns)
    .addOption(formatOption())
    .addOption(jsonOption())
    .action(async (who, options) => {
      const opened = await new Session(host, options).openWith(options.provider, 'find')
      checkKey(opened, 'find', who.key, options.scan)
      const { signal } = host
      const contact = await opened.contacts.find(refOf(who), { scan: true, signal })
      // As grep does.
      if (contact === undefined) throw new Ended(EXIT.failed)
      await printContact(contact, host, {
        format: formatOf(options, host.stdout),
        columns: options.columns,
      })
    })
}
