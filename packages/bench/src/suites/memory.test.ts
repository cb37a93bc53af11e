import { expect, it } from 'vitest'
import { checkAll, measureOnce } from '../measure/programs.ts'
import { startServer } from '../measure/server.ts'
import { figure } from '../report/figures.ts'

/** The heap in use halfway or at the last contact, in MiB. */
async function heapAt(count: number, program: string): Promise<number> {
  await using server = await startServer(count)
  const environment = { url: server.url(), count }
  const only = await measureOnce({ module: 'memory', program, environment, nodeOptions: ['--expose-gc'] })
  checkAll(only, count)
  return Math.max(figure(only, 'halfwayMiB').most, figure(only, 'endMiB').most)
}

it.each(['streamOurs', 'pagesOurs', 'numberedOurs'])(
  '%s holds no more for ten times as many',
  async (program) => {
    const [few, many] = [await heapAt(5000, program), await heapAt(50_000, program)]
    expect(many - few).toBeLessThan(5)
  },
)
