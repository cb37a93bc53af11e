import { checkAll, measureOnce } from '../measure/programs.ts'
import { type ServedVendor, startServer } from '../measure/server.ts'
import { figure, fixed } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite } from './suite.ts'

const COUNTS = [10_000, 100_000, 1_000_000]

const LISTINGS: readonly {
  readonly vendor: ServedVendor
  readonly programs: Readonly<Record<string, string>>
}[] = [
  {
    vendor: 'chatbotkit',
    programs: {
      streamRaw: 'one JSONL stream: plain loop',
      streamOurs: 'one JSONL stream: **AnyContact**',
      pagesRaw: 'pages of 100, by cursor: plain loop',
      pagesOurs: 'pages of 100, by cursor: **AnyContact**',
    },
  },
  {
    vendor: 'cognipeer',
    programs: {
      numberedRaw: 'pages of 100, numbered: plain loop',
      numberedOurs: 'pages of 100, numbered: **AnyContact**',
    },
  },
]

/** What a listing holds at a time, by how many contacts it lists. Heaps vary little, and a million takes long: each program runs once. */
async function memory(): Promise<readonly Table[]> {
  const rows = new Map<string, { readonly heap: string[]; readonly peak: string[] }>()
  for (const { vendor, programs } of LISTINGS) {
    for (const count of COUNTS) {
      await using server = await startServer(count, [0], [vendor])
      const environment = { url: server.url(), count }
      for (const [program, label] of Object.entries(programs)) {
        const of = await measureOnce({ module: 'memory', program, environment, nodeOptions: ['--expose-gc'] })
        checkAll(of, count)
        const row = rows.get(label) ?? { heap: [], peak: [] }
        const heap = Math.max(figure(of, 'halfwayMiB').most, figure(of, 'endMiB').most)
        row.heap.push(fixed(heap, 1))
        row.peak.push(fixed(figure(of, 'peakMiB').most, 0))
        rows.set(label, row)
      }
    }
  }
  const counts = COUNTS.map((count) => fixed(count, 0))
  return [
    {
      id: 'memory',
      head: [
        'listing',
        ...counts.map((count) => `heap at ${count}`),
        ...counts.map((count) => `peak at ${count}`),
      ],
      rows: [...rows].map(([label, { heap, peak }]) => [label, ...heap, ...peak]),
      note: 'In MiB. Heap: what is in use once garbage is collected, halfway or at the last contact, whichever is more. Peak: of the whole process, garbage included, which Node lets grow while there is room.',
    },
  ]
}

export const memorySuite: Suite = { name: 'memory', tables: ['memory'], run: memory }
