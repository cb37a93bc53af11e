import { checkAll, measure } from '../measure/programs.ts'
import { cpuByProgram, mediansOf, times, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const VENDORS = {
  chatbotkit: 'ChatBotKit',
  cognipeer: 'Cognipeer',
  inbox: 'channel inbox',
  methods: 'contact methods',
}

const MAPPED = 200_000

/** What a record costs once its text is here. */
async function mapping({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  const runs = Math.min(rounds, 3)
  const measured = await measure(
    Object.keys(VENDORS)
      .flatMap((vendor) => [`${vendor}Parse`, `${vendor}Check`, `${vendor}Map`])
      .map((program) => ({ module: 'mapping', program, environment: { count: MAPPED } })),
    runs,
  )
  for (const one of measured) checkAll(one, MAPPED)
  const cpu = cpuByProgram(measured)
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
      note: `CPU time. ${mediansOf(runs)} A contact of contact methods is two records.`,
    },
  ]
}

export const mappingSuite: Suite = { name: 'mapping', tables: ['mapping'], run: mapping }
