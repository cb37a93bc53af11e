import { checkAll, type MeasuredProgram, measure, type Sample } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { cpuMicros, times, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const VENDORS = {
  chatbotkit: 'ChatBotKit',
  cognipeer: 'Cognipeer',
  inbox: 'channel inbox',
  methods: 'contact methods',
} as const

const MAPPED = 200_000

/** What a record costs once its text is here. */
async function mapping({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  const programs = Object.keys(VENDORS).flatMap((vendor) => [
    `${vendor}Parse`,
    `${vendor}Check`,
    `${vendor}Map`,
  ])
  const runs = Math.min(rounds, 3)
  const samples = await measured(programs, { count: MAPPED }, runs)
  for (const of of Object.values(samples)) checkAll(of, MAPPED)
  const cpu = (program: string) => cpuMicros(samples[program] ?? [])
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
      note: `CPU time. ${note(runs)} A contact of contact methods is two records.`,
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
  const samples = await measured(Object.keys(LOCAL), environment, runs)
  for (const [program, of] of Object.entries(samples)) {
    checkAll(of, COUNT)
    if (of.some(({ damaged = 0 }) => damaged > 0)) throw new Error(`${program} damages contacts.`)
  }
  const cpu = (program: string) => cpuMicros(samples[program] ?? [])
  return [
    {
      id: 'local',
      head: ['100,000 contacts', 'CPU a contact, µs', 'compared'],
      rows: Object.entries(LOCAL).map(([program, { label, peer }]) => [
        label,
        withRange(cpu(program), 2),
        peer === undefined ? '–' : `${times(cpu(program).median, cpu(peer[0]).median)} ${peer[1]}`,
      ]),
      note: note(runs),
    },
  ]
}

function measured(
  programs: readonly string[],
  environment: MeasuredProgram['environment'],
  rounds: number,
): Promise<Readonly<Record<string, readonly Sample[]>>> {
  const all = programs.map((program) => [program, { module: 'mapping', program, environment }])
  return measure<string>(Object.fromEntries(all), rounds)
}

function note(runs: number): string {
  return `Medians of ${runs}, with the least and the most.`
}

export const mappingSuite: Suite = { name: 'mapping', tables: ['mapping'], run: mapping }

export const localSuite: Suite = { name: 'local', tables: ['local'], run: local }
