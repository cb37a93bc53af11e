import { checkAll, measure } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { cpuMicros, figure, fixed, mediansOf, times, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import { installPeers } from './peers.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const COUNT = 100_000

/** Another vendor's own client, in that vendor's own wire format: what a client of this kind costs elsewhere. */
async function hubspot({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  if ((await installPeers()) === undefined) return []
  await using server = await startServer(COUNT, [0], ['hubspot'])
  const environment = { url: server.url(), count: COUNT }
  const runs = Math.min(rounds, 3)
  const measured = await measure(
    [
      { module: 'hubspot', program: 'pagesRaw', label: 'plain loop', environment },
      { module: 'hubspot', program: 'pagesSdk', label: '`@hubspot/api-client`', environment },
    ],
    runs,
  )
  const [base = Number.NaN] = measured.map((one) => cpuMicros(one).median)
  return [
    {
      id: 'hubspot',
      head: [
        'listing 100,000 contacts of HubSpot, pages of 100',
        'CPU a contact, µs',
        'of the plain loop',
        'peak memory, MiB',
      ],
      rows: measured.map((one) => {
        checkAll(one, COUNT)
        const cpu = cpuMicros(one)
        return [
          one.label,
          withRange(cpu, 2),
          times(cpu.median, base),
          fixed(figure(one, 'peakMiB').median, 0),
        ]
      }),
      note: mediansOf(runs),
    },
  ]
}

export const hubspotSuite: Suite = { name: 'hubspot', tables: ['hubspot'], run: hubspot }
