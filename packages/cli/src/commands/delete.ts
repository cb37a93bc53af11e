import { command, providerOption } from '../command.ts'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { writing } from '../input/doubt.ts'
import { checkKey, readWho, refOf, SCAN_OPTION, WHO, WHO_HELP } from '../input/who.ts'
import { isJson, outcomeJsonOption } from '../output/format.ts'
import { printContact } from '../output/one-contact.ts'
import { type Outcome, printOutcome, sayOutcome } from '../output/outcome.ts'
import { Session } from '../session.ts'

/** `anycontact delete`: one contact less. */
export function deleteCommand(host: Host) {
  return command({
    name: 'delete',
    summary: 'Deletes a contact, after it was shown and you have said yes.',
    examples: [
      { line: 'anycontact delete email=ana@example.com', what: 'The contact that has an address:' },
      { line: 'anycontact delete cm4x8k2p9a0001 --yes', what: 'In a script, where nobody can be asked:' },
    ],
  })
    .argument(WHO, WHO_HELP, readWho)
    .addOption(providerOption())
    .option(...SCAN_OPTION)
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only show whom it would delete')
    .addOption(outcomeJsonOption())
    .action(async (who, options) => {
      const { yes, dryRun: isDryRun } = options
      if (!yes && !isDryRun && !host.canAsk) {
        throw new UsageError('Nobody can be asked here whether to delete: add --yes.')
      }
      const opened = await new Session(host, options).openWith(options.provider, ['delete', 'get'])
      const { name, contacts } = opened
      checkKey(opened, 'get', who.key, options.scan)
      const { signal } = host
      const contact = await contacts.get(refOf(who), { scan: true, signal })
      const result: Outcome = { outcome: 'deleted', isDryRun, contact }
      const asJson = isJson(options, host.stdout)
      if (!asJson) await printContact(contact, host, { format: 'table' })
      if (!isDryRun) {
        if (!yes && (await host.ask(`Delete this contact of ${name}?`)) !== true) {
          await host.stderr.write('Nothing was deleted.\n')
          throw new Ended(EXIT.failed)
        }
        await writing(signal, LOOK, () => contacts.delete(contact, { signal }))
      }
      await (asJson ? printOutcome(result, host, true) : sayOutcome(result, host))
    })
}

const LOOK = 'It may have been deleted: `anycontact find` shows whether it is there.'
