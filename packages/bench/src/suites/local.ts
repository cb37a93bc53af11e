import { checkAll, measure } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { cpuByProgram, mediansOf, times, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const COUNT = 100_000

/** What is done with contacts. */
interface Work {
  readonly label: string
  /** What it is compared with: a program, and what to call it. */
  readonly peer?: readonly [program: string, name: string]
}

const LOCAL: Readonly<Record<string, Work>> = {
  whereNone: { label: 'listing contacts that are there already' },
  whereOne: { label: 'the same with one condition', peer: ['whereNone', 'without'] },
  whereThree: { label: 'the same with three', peer: ['whereNone', 'without'] },
  whereDotted: { label: 'the same with a path into custom fields', peer: ['whereNone', 'without'] },
  csvExport: { label: '`exportCsv`' },
  csvPapaparse: { label: 'papaparse alone' },
  csvRead: { label: '`readCsv`', peer: ['csvPapaparse', 'papaparse'] },
  csvImport: { label: '`readCsv` and `importContacts` into `memory`' },
  copyMemory: { label: '`copyContacts` from `memory` to `memory`' },
  copyLoopback: { label: '`copyContacts` from Cognipeer to `memory`' },
}

/** What is done with 100,000 contacts in this process. */
async function local({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  await using server = await startServer(COUNT, [0], ['cognipeer'])
  const environment = { count: COUNT, url: server.url() }
  const runs = Math.min(rounds, 2)
  const measured = await measure(
    Object.keys(LOCAL).map((program) => ({ module: 'local', program, environment })),
    runs,
  )
  for (const one of measured) checkAll(one, COUNT)
  const cpu = cpuByProgram(measured)
  return [
    {
      id: 'local',
      head: ['100,000 contacts', 'CPU a contact, µs', 'compared'],
      rows: Object.entries(LOCAL).map(([program, { label, peer }]) => [
        label,
        withRange(cpu(program), 2),
        peer === undefined ? '–' : `${times(cpu(program).median, cpu(peer[0]).median)} ${peer[1]}`,
      ]),
      note: mediansOf(runs),
    },
  ]
}

export const localSuite: Suite = { name: 'local', tables: ['local'], run: local }
