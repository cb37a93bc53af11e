import { command, providerOption } from '../command.ts'
import type { Host } from '../host.ts'
import { readWhere } from '../input/where.ts'
import { Session } from '../session.ts'

/** `anycontact count`: how many contacts there are. */
export function countCommand(host: Host) {
  return command({
    name: 'count',
    summary: 'Counts contacts.',
    examples: [{ line: 'anycontact count --where email= --provider crm', what: 'How many have no address:' }],
  })
    .addOption(providerOption())
    .option('--where <condition>', 'which, as for list; may be repeated', readWhere)
    .option('--include-deleted', 'those too that the provider keeps as deleted')
    .action(async (options) => {
      const { where, includeDeleted } = options
      const { contacts } = await new Session(host, options).openWith(options.provider, 'count')
      const count = await contacts.count({ where, includeDeleted, signal: host.signal })
      await host.stdout.write(`${count}\n`)
    })
}
