import { execFileSync } from 'node:child_process'
import { checkAll, checkCount, type MeasuredProgram, measure, mostDamaged } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { cpuMicros, figure, fixed, mediansOf, times, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import { installPeers, oldestNode } from './peers.ts'
import type { Suite, SuiteOptions } from './suite.ts'

/** Programs that do the same: the plain loop first, which the others are held against. */
const GROUPS = [
  {
    title: 'one JSONL stream',
    programs: {
      streamRaw: 'plain loop',
      streamSdk: '`@chatbotkit/sdk`',
      streamApi: '`@anycontact/chatbotkit/api`',
      streamOurs: '**AnyContact**',
    },
  },
  {
    title: 'pages of 100, by cursor',
    programs: {
      pagesRaw: 'plain loop',
      pagesOfetch: 'ofetch alone',
      pagesSdk: '`@chatbotkit/sdk`',
      pagesApi: '`@anycontact/chatbotkit/api`',
      pagesOurs: '**AnyContact**',
    },
  },
  {
    title: 'pages of 100, numbered',
    programs: { numberedRaw: 'plain loop', numberedOurs: '**AnyContact**' },
  },
]

const COUNT = 100_000

/** Listing 100,000 contacts without latency: what the process has to do. */
async function listing({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  const oldest = await oldestNode(await installPeers())
  await using server = await startServer(COUNT)
  const environment = { url: server.url(), count: COUNT }
  const tables = [await listingTable('listing', { environment, node: process.execPath }, rounds)]
  if (oldest !== undefined) {
    // Twice as slow, and the second look at the same: it would take what the other suites need of ten minutes.
    const fewer = Math.min(rounds, 3)
    tables.push(await listingTable('listing-oldest-node', { environment, node: oldest }, fewer))
  }
  return tables
}

async function listingTable(
  id: string,
  { environment, node }: { environment: MeasuredProgram['environment']; node: string },
  rounds: number,
): Promise<Table> {
  const rows: string[][] = []
  for (const { title, programs } of GROUPS) {
    const measured = await measure(listings(programs, environment, node), rounds)
    const [base = Number.NaN] = measured.map((one) => cpuMicros(one).median)
    for (const one of measured) {
      checkCount(one, COUNT)
      const cpu = cpuMicros(one)
      const damaged = mostDamaged(one)
      rows.push([
        `${title}: ${one.label}`,
        withRange(cpu, 2),
        times(cpu.median, base),
        fixed(figure(one, 'peakMiB').median, 0),
        damaged === 0 ? 'no' : `up to ${damaged} names`,
      ])
    }
  }
  return {
    id,
    head: [
      'listing 100,000 contacts',
      'CPU a contact, µs',
      'of the plain loop',
      'peak memory, MiB',
      'text damaged',
    ],
    rows,
    note: `Node ${versionOf(node)}. ${mediansOf(rounds)}`,
  }
}

const LATENCY_MS = 20
const FEWER = 20_000

/** Listings of each vendor, the first of which the others are held against. */
const WAITING = [
  {
    pagesSdk: 'ChatBotKit: `@chatbotkit/sdk`, page by page',
    streamSdk: 'ChatBotKit: `@chatbotkit/sdk`, its stream',
    streamOurs: 'ChatBotKit: **AnyContact**, one stream',
  },
  {
    numberedRaw: 'Cognipeer: plain loop, page by page',
    numberedOurs: 'Cognipeer: **AnyContact**, several pages at once',
  },
]

/** Listing 20,000 contacts at 20 ms an answer: how long one waits. */
async function latency({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  await using server = await startServer(FEWER, [LATENCY_MS])
  const environment = { url: server.url(LATENCY_MS), count: FEWER }
  const runs = Math.min(rounds, 3)
  const rows: string[][] = []
  for (const programs of WAITING) {
    const measured = await measure(listings(programs, environment), runs)
    const [base = Number.NaN] = measured.map((one) => figure(one, 'wallMs').median)
    for (const one of measured) {
      // What the client's own stream damages is told beside what it costs.
      if (one.program === 'streamSdk') checkCount(one, FEWER)
      else checkAll(one, FEWER)
      const wall = figure(one, 'wallMs')
      rows.push([one.label, withRange(wall, 0), times(base, wall.median, 1)])
    }
  }
  return [
    {
      id: 'latency',
      head: ['listing 20,000 contacts at 20 ms an answer', 'time, ms', 'times as fast'],
      rows,
      note: mediansOf(runs),
    },
  ]
}

/** Programs that list, by their names, with what the table calls them. */
function listings(
  programs: Readonly<Record<string, string>>,
  environment: MeasuredProgram['environment'],
  node?: string,
) {
  return Object.entries(programs).map(([program, label]) => ({
    module: 'listing',
    program,
    label,
    environment,
    node,
  }))
}

/** The version of a Node. */
function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().replace('v', '')
}

export const listingSuite: Suite = {
  name: 'listing',
  tables: ['listing', 'listing-oldest-node'],
  run: listing,
}

export const latencySuite: Suite = { name: 'latency', tables: ['latency'], run: latency }
