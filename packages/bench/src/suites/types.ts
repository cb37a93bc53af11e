import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { runOrThrow } from '@anycontact/smoke'
import { spreadOf } from '../measure/statistics.ts'
import { fixed, mediansOf, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import { installPeers } from './peers.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const PROGRAMS = {
  'cases/types/nothing.ts': 'nothing',
  'cases/types/chatbotkit-sdk.ts': '`@chatbotkit/sdk/contact`',
  'peers/types/hubspot.ts': '`@hubspot/api-client`',
  'cases/types/chatbotkit-api.ts': '`@anycontact/chatbotkit/api`',
  'cases/types/chatbotkit.ts': '**`@anycontact/chatbotkit`**',
  'cases/types/cognipeer.ts': '**`@anycontact/cognipeer`**',
  'cases/types/channel-inbox.ts': '**`@anycontact/channel-inbox`**',
  'cases/types/contact-methods.ts': '**`@anycontact/contact-methods`**',
  'cases/types/memory.ts': '**`@anycontact/memory`**',
}

/** As a new project has it, in the place of the bench's own configuration. */
const OPTIONS =
  '--ignoreConfig --noEmit --strict --skipLibCheck --target es2022 --lib es2023,dom,dom.asynciterable --module nodenext'

const FIGURES = {
  instantiations: /^Instantiations:\s+(\d+)$/m,
  checkSeconds: /^Check time:\s+([\d.]+)s$/m,
  totalSeconds: /^Total time:\s+([\d.]+)s$/m,
  memoryKiB: /^Memory used:\s+(\d+)K$/m,
}

/** What the compiler has to do for a program of a few lines: it is what an editor does over and over. */
async function types({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  const modules = await installPeers()
  const rows = Object.entries(PROGRAMS).filter(
    ([program]) => modules !== undefined || !program.startsWith('peers/'),
  )
  const times = Math.min(rounds, 2)
  const samples = new Map<string, string[]>()
  for (let round = 0; round < times; round++) {
    for (const [program] of rows) {
      samples.set(program, [...(samples.get(program) ?? []), await diagnose(program)])
    }
  }
  return [
    {
      id: 'types',
      head: ['compiling a small program', 'instantiations', 'check, ms', 'in all, ms', 'memory, MiB'],
      rows: rows.map(([program, label]) => {
        const of = (name: keyof typeof FIGURES, unit: number) =>
          spreadOf((samples.get(program) ?? []).map((output) => read(output, name) * unit))
        return [
          label,
          fixed(of('instantiations', 1).median, 0),
          withRange(of('checkSeconds', 1000), 0),
          withRange(of('totalSeconds', 1000), 0),
          fixed(of('memoryKiB', 1 / 1024).median, 0),
        ]
      }),
      note: `TypeScript ${typescript('package.json').version}, \`strict\` and \`skipLibCheck\`. ${mediansOf(times)}`,
    },
  ]
}

const typescript = (path: string) => createRequire(import.meta.url)(`typescript/${path}`)

/** What the compiler says about itself. */
function diagnose(program: string): Promise<string> {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const args = [tsc, ...OPTIONS.split(' '), '--extendedDiagnostics', program]
  return runOrThrow(process.execPath, args, { cwd: fileURLToPath(new URL('../..', import.meta.url)) })
}

function read(output: string, name: keyof typeof FIGURES): number {
  const [, value] = FIGURES[name].exec(output) ?? []
  if (value === undefined) throw new Error(`The compiler does not tell ${name}:\n${output}`)
  return Number(value)
}

export const typesSuite: Suite = { name: 'types', tables: ['types'], run: types }
