import {
  DUPLICATE_KEYS,
  type DuplicateGroup,
  type DuplicateKey,
  type DuplicateReason,
  findDuplicates,
} from '@anycontact/sync'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { command, providerOption } from '../command.ts'
import type { Host } from '../host.ts'
import { isJson } from '../output/format.ts'
import { createProgress } from '../output/progress.ts'
import { jsonLine, safeText } from '../output/safe-text.ts'
import { styleOf } from '../output/style.ts'
import { createTable } from '../output/table.ts'
import { counted, requireWhole } from '../output/whole.ts'
import { Session } from '../session.ts'

/** `anycontact duplicates`: contacts that may be one. */
export function duplicatesCommand(host: Host) {
  return command({
    name: 'duplicates',
    summary: 'Lists contacts that may be there twice, and why. Changes nothing.',
    examples: [
      {
        line: 'anycontact duplicates --provider crm',
        what: 'By addresses, numbers and names that are alike:',
      },
      {
        line: 'anycontact duplicates --by email --json | jq .contacts',
        what: 'By addresses alone, for programs:',
      },
    ],
  })
    .addOption(providerOption())
    .option('--by <keys>', 'what they have in common, of email, phone and name', readKeys, [
      ...DUPLICATE_KEYS,
    ])
    .option('--json', 'one group a line as JSON, as in a pipe')
    .action(async (options) => {
      const { name, contacts } = await new Session(host, options).openWith(options.provider, 'list')
      const progress = createProgress(host)
      const { groups, crowds, read, complete } = await findDuplicates(contacts, {
        by: options.by,
        signal: host.signal,
        onProgress: ({ phase, read }) =>
          progress.update({ title: phase === 'reading' ? `Reading ${name}` : 'Comparing', done: read }),
      }).finally(() => progress.end())
      const asJson = isJson(options, host.stdout)
      for (const group of groups) {
        await host.stdout.write(asJson ? jsonLine(group) : groupText(group, host))
      }
      const { stderr } = host
      for (const { share, detail, contacts } of crowds) {
        await stderr.write(
          `${counted(contacts.length, 'contact')} ${SHARED[share]} ${safeText(detail)}: too many to be one person.\n`,
        )
      }
      await stderr.write(`${counted(groups.length, 'group')} of ${counted(read, 'contact')}.\n`)
      await requireWhole({ complete }, { host, provider: name, count: read })
    })
}

/** What a crowd has in common, in words; its detail follows. */
const SHARED = {
  email: 'have the same email,',
  phone: 'have the same phone,',
  domain: 'have the same domain and surname,',
} as const

function readKeys(text: string): DuplicateKey[] {
  return text.split(',').map((one) => {
    const key = DUPLICATE_KEYS.find((known) => known === one.trim())
    if (key === undefined) throw new InvalidArgumentError(`There are ${DUPLICATE_KEYS.join(', ')}.`)
    return key
  })
}

function groupText({ contacts, reasons }: DuplicateGroup, host: Host): string {
  const { stdout } = host
  const style = styleOf(host, stdout)
  const rows = contacts.map(({ id, name = '', email = '', phone = '' }) => ['', id, name, email, phone])
  const columns = rows[0]?.map(() => ({ title: '' })) ?? []
  const table = createTable({ columns, width: stdout.isTerminal ? stdout.columns : undefined, style }, rows)
  const why = [...new Set(reasons.map(reasonText))].map((text) => `${style.bold(safeText(text))}\n`)
  return `${why.join('')}${rows.map((row) => table.row(row)).join('')}\n`
}

function reasonText(reason: DuplicateReason): string {
  if (reason.why !== 'name') return `The same ${reason.why}: ${reason.detail}`
  const alike = reason.similarity === 1 ? 'The same name' : 'Names that are alike'
  return `${alike}, and the same ${reason.within}: ${reason.detail}`
}
