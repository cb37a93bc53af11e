import { checkAll, type MeasuredProgram, measure } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { spreadOf } from '../measure/statistics.ts'
import { cpuMicros, figure, fixed, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const LATENCY_MS = 20

/** So many contacts with so many at once: at 20 ms an answer 10,000 of them one by one would take seven minutes. */
const SIZES = [
  { concurrency: 1, count: 100 },
  { concurrency: 8, count: 1000 },
  { concurrency: 32, count: 10_000 },
] as const

const PROGRAMS = {
  chatbotkitOurs: 'ChatBotKit: `upsertMany`',
  cognipeerOurs: 'Cognipeer: `upsertMany`',
} as const

/** Writing new contacts at 20 ms an answer: how long one waits, and what is sent. */
async function writes({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  await using server = await startServer(0, [LATENCY_MS])
  const url = server.url(LATENCY_MS)
  const programs: Record<string, MeasuredProgram> = {}
  const rows: { readonly key: string; readonly label: string; readonly count: number }[] = []
  const add = (program: string, label: string, concurrency: number, count: number): void => {
    const key = `${program} ${concurrency}`
    programs[key] = { module: 'writes', program, environment: { url, count, concurrency } }
    rows.push({ key, label: `${label}, ${concurrency} at once`, count })
  }
  add('chatbotkitSdk', 'ChatBotKit: loop over `create` of `@chatbotkit/sdk`', 1, 100)
  for (const [program, label] of Object.entries(PROGRAMS)) {
    for (const { concurrency, count } of SIZES) add(program, label, concurrency, count)
  }
  const samples = await measure(programs, Math.min(rounds, 2))
  return [
    {
      id: 'writes',
      head: [
        'writing new contacts at 20 ms an answer',
        'contacts',
        'requests a contact',
        'contacts a second',
        'CPU a contact, µs',
        'peak memory, MiB',
      ],
      rows: rows.map(({ key, label, count }) => {
        const of = samples[key] ?? []
        checkAll(of, count)
        return [
          label,
          fixed(count, 0),
          fixed(figure(of, 'requests').median / count, 1),
          withRange(spreadOf(of.map(({ wallMs }) => (count * 1000) / wallMs)), 0),
          withRange(cpuMicros(of), 0),
          fixed(figure(of, 'peakMiB').median, 0),
        ]
      }),
      note: `Medians of ${Math.min(rounds, 2)}, with the least and the most. With fewer at once fewer are written, or it would take minutes. The loop neither looks whether a contact is there nor reads it back.`,
    },
  ]
}

export const writesSuite: Suite = { name: 'writes', tables: ['writes'], run: writes }
