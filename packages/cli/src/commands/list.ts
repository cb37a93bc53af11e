import type { OrderBy } from '@anycontact/core'
import { command, providerOption } from '../command.ts'
import type { Host } from '../host.ts'
import { readColumns } from '../input/columns.ts'
import { limited, readCount } from '../input/limit.ts'
import { readWhere } from '../input/where.ts'
import { printContacts } from '../output/contacts.ts'
import { formatOf, formatOption, jsonOption } from '../output/format.ts'
import { requireWhole } from '../output/whole.ts'
import { Session } from '../session.ts'

/** `anycontact list`: the contacts of a provider. */
export function listCommand(host: Host) {
  return command({
    name: 'list',
    summary: 'Lists contacts.',
    examples: [
      {
        line: "anycontact list --where 'customFields.plan=pro' --columns name,email",
        what: 'The contacts of a plan, two columns of each:',
      },
      {
        line: 'anycontact list --where email --json | jq .name',
        what: 'Those that have an address, for another program:',
      },
    ],
  })
    .addOption(providerOption())
    .option(
      '--where <condition>',
      'field=value, field!=value, field=a,b, field (has one), field= (has none), or JSON; may be repeated',
      readWhere,
    )
    .option('--columns <names>', 'which fields, with commas between them', readColumns)
    .option(
      '--order-by <field>',
      'a field that the provider sorts by; -field for the other direction',
      readOrder,
    )
    .option('--limit <number>', 'at most so many', readCount)
    .option('--include-deleted', 'those too that the provider keeps as deleted')
    .addOption(formatOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const { where, orderBy, limit, includeDeleted } = options
      const { name, contacts } = await new Session(host, options).openWith(options.provider, 'list')
      const listing = contacts.list({
        where,
        orderBy,
        includeDeleted,
        ...(limit !== undefined && {
          pageSize: Math.min(limit, contacts.capabilities.list.maxPageSize ?? limit),
        }),
        signal: host.signal,
      })
      const count = await printContacts(limited(listing, limit), host, {
        format: formatOf(options, host.stdout),
        columns: options.columns,
      })
      if (limit === undefined) await requireWhole(listing, { host, provider: name, count })
    })
}

function readOrder(text: string): OrderBy {
  return text.startsWith('-')
    ? { field: text.slice(1), direction: 'desc' }
    : { field: text, direction: 'asc' }
}
