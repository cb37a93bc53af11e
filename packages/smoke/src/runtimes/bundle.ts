import { join } from 'node:path'
import { runOrThrow } from '../run.ts'
import type { ProcessSetting } from './process.ts'

/**
 * Bundles a program of the project as for a page: `browser` fields are heeded, nothing of Node is there.
 *
 * @param conditions The conditions of `exports` beside those of browsers
 */
export async function bundle(
  { modules, project }: ProcessSetting,
  entry: string,
  outfile: string,
  conditions: readonly string[] = [],
): Promise<void> {
  await runOrThrow(join(modules, '.bin', 'esbuild'), [
    join(project, 'program', entry),
    '--bundle',
    '--format=esm',
    '--platform=browser',
    `--outfile=${outfile}`,
    '--log-level=warning',
    ...(conditions.length > 0 ? [`--conditions=${[...conditions, 'module', 'browser'].join(',')}`] : []),
  ])
}
