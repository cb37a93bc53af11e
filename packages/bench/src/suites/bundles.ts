import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '@anycontact/smoke'
import { fixed } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite } from './suite.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

interface Bundle {
  readonly name: string
  readonly size: number
}

/** What an import weighs in a browser: what `pnpm check:size` measures. */
async function bundles(): Promise<readonly Table[]> {
  const program = join(root, 'node_modules/size-limit/bin.js')
  // A budget that is passed is told by `pnpm check:size`; here it is a figure like others.
  const { output } = await run(process.execPath, [program, '--json'], { cwd: root })
  const measured = bundlesIn(output)
  return [
    {
      id: 'bundles',
      head: ['bundle of', 'kB, minified and gzipped'],
      rows: measured.map(({ name, size }) => [`\`${name}\``, fixed(size / 1000, 1)]),
      note: 'Bundled by esbuild with all that it imports.',
    },
  ]
}

/** Reads what size-limit prints. @throws Error, with what it printed, where it could not bundle something */
export function bundlesIn(output: string): readonly Bundle[] {
  const [json] = /^\[\s*\{.*\}\s*\]$/ms.exec(output) ?? []
  if (json === undefined) throw new Error(`size-limit does not tell sizes:\n${output.trim()}`)
  return JSON.parse(json)
}

export const bundlesSuite: Suite = { name: 'bundles', tables: ['bundles'], run: bundles }
