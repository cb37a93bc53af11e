import { checkAll, measure } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { spreadOf } from '../measure/statistics.ts'
import { cpuMicros, figure, fixed, mediansOf, withRange } from '../report/figures.ts'
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
}

/** Writing new contacts at 20 ms an answer: how long one waits, and what is sent. */
async function writes({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  await using server = await startServer(0, [LATENCY_MS])
  const url = server.url(LATENCY_MS)
  const runs = Math.min(rounds, 2)
  const program = (name: string, label: string, { concurrency, count }: (typeof SIZES)[number]) => ({
    module: 'writes',
    program: name,
    label: `${label}, ${concurrency} at once`,
    environment: { url, count, concurrency },
  })
  const measured = await measure(
    [
      program('chatbotkitSdk', 'ChatBotKit: loop over `create` of `@chatbotkit/sdk`', SIZES[0]),
      ...Object.entries(PROGRAMS).flatMap(([name, label]) => SIZES.map((size) => program(name, label, size))),
    ],
    runs,
  )
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
      rows: measured.map((one) => {
        const { count } = one.environment
        checkAll(one, count)
        return [
          one.label,
          fixed(count, 0),
          fixed(figure(one, 'requests').median / count, 1),
          withRange(spreadOf(one.samples.map(({ wallMs }) => (count * 1000) / wallMs)), 0),
          withRange(cpuMicros(one), 0),
          fixed(figure(one, 'peakMiB').median, 0),
        ]
      }),
      note: `${mediansOf(runs)} With fewer at once fewer are written, or it would take minutes. The loop neither looks whether a contact is there nor reads it back.`,
    },
  ]
}

export const writesSuite: Suite = { name: 'writes', tables: ['writes'], run: writes }
