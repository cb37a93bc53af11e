import { checkAll, type MeasuredProgram, measure } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import type { Spread } from '../measure/statistics.ts'
import { cpuMicros, mediansOf, times, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const VENDORS = {
  chatbotkit: 'ChatBotKit',
  cognipeer: 'Cognipeer',
  inbox: 'channel inbox',
  methods: 'contact methods',
}

const MAPPED = 200_000

/** What a record costs once its text is here. */
async function mapping({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  const programs = Object.keys(VENDORS).flatMap((vendor) => [
    `${vendor}Parse`,
    `${vendor}Check`,
    `${vendor}Map`,
  ])
  const runs = Math.min(rounds, 3)
  const cpu = await cpuOf(programs, { count: MAPPED }, runs)
  return [
    {
      id: 'mapping',
      head: ['a record of', 'parsed, µs', 'and checked, µs', 'and mapped, µs', 'of parsing alone'],
      rows: Object.entries(VENDORS).map(([vendor, label]) => [
        label,
        withRange(cpu(`${vendor}Parse`), 2),
        withRange(cpu(`${vendor}Check`), 2),
        withRange(cpu(`${vendor}Map`), 2),
        times(cpu(`${vendor}Map`).median, cpu(`${vendor}Parse`).median),
      ]),
      note: `CPU time. ${mediansOf(runs)} A contact of contact methods is two records.`,
    },
  ]
}

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
  const cpu = await cpuOf(Object.keys(LOCAL), environment, runs)
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

/** Runs programs; gives what gives the CPU time of each for one contact. */
async function cpuOf(
  programs: readonly string[],
  environment: MeasuredProgram['environment'] & { readonly count: number },
  runs: number,
): Promise<(program: string) => Spread> {
  const measured = await measure(
    programs.map((program) => ({ module: 'mapping', program, environment })),
    runs,
  )
  const spreads = new Map<string, Spread>()
  for (const one of measured) {
    checkAll(one, environment.count)
    spreads.set(one.program, cpuMicros(one))
  }
  return (program) => {
    const spread = spreads.get(program)
    if (spread === undefined) throw new Error(`${program} was not measured.`)
    return spread
  }
}

export const mappingSuite: Suite = { name: 'mapping', tables: ['mapping'], run: mapping }

export const localSuite: Suite = { name: 'local', tables: ['local'], run: local }
