import { ContactsError } from '@anycontact/core'
import { command, providerOption } from '../command.ts'
import { Unfinished } from '../errors/ended.ts'
import type { Host } from '../host.ts'
import { readColumns } from '../input/columns.ts'
import { checkKey, readWho, refOf, SCAN_OPTION, WHO, WHO_HELP, type Who } from '../input/who.ts'
import { formatOf, formatOption, jsonOption } from '../output/format.ts'
import { printContact } from '../output/one-contact.ts'
import { Session } from '../session.ts'

/** `anycontact get`: one contact, which must be there. */
export function getCommand(host: Host) {
  return command({
    name: 'get',
    summary: 'Shows one contact.',
    examples: [
      { line: 'anycontact get email=ana@example.com', what: 'The contact that has an address:' },
      {
        line: 'anycontact get cm4x8k2p9a0001 --columns name,phone',
        what: 'Two fields of the contact that has an id:',
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
      const opened = await new Session(host, options).openWith(options.provider, 'get')
      checkKey(opened, 'get', who.key, options.scan)
      const { signal } = host
      const contact = await opened.contacts
        .get(refOf(who), { scan: true, signal })
        .catch((error: unknown) => Promise.reject(withHint(error, who)))
      await printContact(contact, host, {
        format: formatOf(options, host.stdout),
        columns: options.columns,
      })
    })
}

/** What was taken for an id may have been meant otherwise. */
function withHint(error: unknown, { key, value }: Who): unknown {
  const isMistaken = key === 'id' && value.includes('@')
  if (!isMistaken || !ContactsError.is(error) || error.code !== 'not_found') return error
  return new Unfinished(error, 'An address is written email=….')
}
