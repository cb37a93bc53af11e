import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone } from './once.ts'
import { pnpm } from './pnpm.ts'

/** The folder whose `package.json` lists the runtimes and compilers. */
export const toolsFolder = fileURLToPath(new URL('../tools', import.meta.url))

const modules = join(toolsFolder, 'node_modules')
const stamp = join(modules, '.installed')

/**
 * Installs what `packages/smoke/tools/package.json` lists, unless that has been done since it was last changed. It may be called
 * from several processes at once.
 *
 * What is under `optionalDependencies` there may be missing afterwards, on a machine for which it is not made.
 *
 * @returns The folder `node_modules` in which the tools are.
 */
export async function installTools(): Promise<string> {
  await alone(join(toolsFolder, '.installing'), async () => {
    const wanted = await fingerprint()
    if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return
    await pnpm(['install', '--frozen-lockfile'], { cwd: toolsFolder })
    await writeFile(stamp, wanted)
  })
  return modules
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
    hash.update(await readFile(join(toolsFolder, name)))
  }
  return hash.digest('hex')
}
