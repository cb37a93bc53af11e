import { execFileSync } from 'node:child_process'
import { checkAll, type MeasuredProgram, measure, type Sample } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { cpuMicros, figure, fixed, times, withRange } from '../report/figures.ts'
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
] as const

const COUNT = 100_000

/** Listing 100,000 contacts without latency: what the process has to do. */
async function listing({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  const oldest = await oldestNode(await installPeers())
  await using server = await startServer(COUNT)
  const environment = { url: server.url(), count: COUNT }
  const tables: Table[] = []
  for (const node of [process.execPath, ...(oldest === undefined ? [] : [oldest])]) {
    const rows: string[][] = []
    for (const { title, programs } of GROUPS) {
      const samples = await measure(programsOf(programs, environment, node), rounds)
      const [first = []] = Object.values(samples)
      const base = cpuMicros(first).median
      for (const [name, label] of Object.entries<string>(programs)) {
        const of = samples[name] ?? []
        checkAll(of, COUNT)
        const cpu = cpuMicros(of)
        rows.push([
          `${title}: ${label}`,
          withRange(cpu, 2),
          times(cpu.median, base),
          fixed(figure(of, 'peakMiB').median, 0),
          damagedIn(of),
        ])
      }
    }
    tables.push({
      id: node === process.execPath ? 'listing' : 'listing-oldest-node',
      head: [
        'listing 100,000 contacts',
        'CPU a contact, µs',
        'of the plain loop',
        'peak memory, MiB',
        'text damaged',
      ],
      rows,
      note: `Node ${versionOf(node)}. Medians of ${rounds}, with the least and the most.`,
    })
  }
  return tables
}

const LATENCY_MS = 20
const FEWER = 20_000

/** Listing 20,000 contacts at 20 ms an answer: how long one waits. */
async function latency({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  await using server = await startServer(FEWER, [LATENCY_MS])
  const environment = { url: server.url(LATENCY_MS), count: FEWER }
  const programs = {
    pagesSdk: 'ChatBotKit: `@chatbotkit/sdk`, page by page',
    streamOurs: 'ChatBotKit: **AnyContact**, one stream',
    numberedRaw: 'Cognipeer: plain loop, page by page',
    numberedOurs: 'Cognipeer: **AnyContact**, several pages at once',
  }
  const samples = await measure(programsOf(programs, environment), Math.min(rounds, 3))
  const base = { streamOurs: 'pagesSdk', numberedOurs: 'numberedRaw' } as const
  const wall = (name: string): number => figure(samples[name] ?? [], 'wallMs').median
  const rows = Object.entries(programs).map(([name, label]) => {
    const of = samples[name] ?? []
    checkAll(of, FEWER)
    const other = name in base ? base[name as keyof typeof base] : name
    return [label, withRange(figure(of, 'wallMs'), 0), times(wall(other), wall(name), 1)]
  })
  return [
    {
      id: 'latency',
      head: ['listing 20,000 contacts at 20 ms an answer', 'time, ms', 'times as fast'],
      rows,
      note: `Medians of ${Math.min(rounds, 3)}, with the least and the most.`,
    },
  ]
}

function programsOf(
  programs: Readonly<Record<string, string>>,
  environment: MeasuredProgram['environment'],
  node?: string,
): Record<string, MeasuredProgram> {
  return Object.fromEntries(
    Object.keys(programs).map((program) => [program, { module: 'listing', program, environment, node }]),
  )
}

/** The version of a Node. */
function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().replace('v', '')
}

function damagedIn(samples: readonly Sample[]): string {
  const most = Math.max(...samples.map(({ damaged = 0 }) => damaged))
  return most === 0 ? 'no' : `up to ${most} names`
}

export const listingSuite: Suite = {
  name: 'listing',
  tables: ['listing', 'listing-oldest-node'],
  run: listing,
}

export const latencySuite: Suite = {
  name: 'latency',
  tables: ['latency'],
  run: latency,
}
