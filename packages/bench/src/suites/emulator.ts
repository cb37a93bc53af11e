import { checkCount, measureOnce } from '../measure/programs.ts'
import { figure, fixed } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite } from './suite.ts'

const VENDORS = {
  chatbotkit: 'ChatBotKit',
  cognipeer: 'Cognipeer',
  channelInbox: 'channel inbox',
  contactMethods: 'contact methods',
}

const COUNTS = [1000, 1_000_000]

const FIGURES = {
  seedMicros: 'put in, µs',
  bytesEach: 'heap each, bytes',
  createMicros: 'create, µs',
  getMicros: 'get, µs',
  pageMicros: 'page of 100, µs',
  filteredMicros: 'filtered page, µs',
  newsMicros: 'write and page, µs',
}

/** What a call of an emulator costs with few contacts and with a million. */
async function emulator(): Promise<readonly Table[]> {
  const rows: string[][] = []
  for (const [program, vendor] of Object.entries(VENDORS)) {
    for (const count of COUNTS) {
      const measured = await measureOnce({
        module: 'emulator',
        program,
        environment: { count },
        nodeOptions: ['--expose-gc', '--max-old-space-size=6144'],
      })
      checkCount(measured, count)
      const cells = Object.keys(FIGURES).map((name) => fixed(figure(measured, name).median, 0))
      rows.push([`${vendor}, ${fixed(count, 0)}`, ...cells])
    }
  }
  return [
    {
      id: 'emulator',
      head: ['emulator, contacts in it', ...Object.values(FIGURES)],
      rows,
      note: 'CPU time of one call through `fetch`, in process. The pages are from the middle of the listing; a filtered page is the first one that a condition leaves. The first request of each kind is not counted. The last column is a create and the page that is asked for right after it.',
    },
  ]
}

export const emulatorSuite: Suite = { name: 'emulator', tables: ['emulator'], run: emulator }
