import { checkAll, measure } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { cpuMicros, figure, fixed, times, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import { installPeers } from './peers.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const COUNT = 100_000

/** Another vendor's own client, in that vendor's own wire format: what a client of this kind costs elsewhere. */
async function hubspot({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  if ((await installPeers()) === undefined) return []
  await using server = await startServer(COUNT, [0], ['hubspot'])
  const environment = { url: server.url(), count: COUNT }
  const programs = { pagesRaw: 'plain loop', pagesSdk: '`@hubspot/api-client`' } as const
  const samples = await measure(
    {
      pagesRaw: { module: 'hubspot', program: 'pagesRaw', environment },
      pagesSdk: { module: 'hubspot', program: 'pagesSdk', environment },
    },
    Math.min(rounds, 3),
  )
  const base = cpuMicros(samples.pagesRaw).median
  return [
    {
      id: 'hubspot',
      head: [
        'listing 100,000 contacts of HubSpot, pages of 100',
        'CPU a contact, µs',
        'of the plain loop',
        'peak memory, MiB',
      ],
      rows: (['pagesRaw', 'pagesSdk'] as const).map((program) => {
        const of = samples[program]
        checkAll(of, COUNT)
        const cpu = cpuMicros(of)
        return [
          programs[program],
          withRange(cpu, 2),
          times(cpu.median, base),
          fixed(figure(of, 'peakMiB').median, 0),
        ]
      }),
      note: `Medians of ${Math.min(rounds, 3)}, with the least and the most.`,
    },
  ]
}

export const hubspotSuite: Suite = { name: 'hubspot', tables: ['hubspot'], run: hubspot }
