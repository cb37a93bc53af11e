import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone } from './once.ts'
import { pnpm } from './pnpm.ts'

/** The folder whose `package.json` lists the runtimes and compilers. */
export const toolsFolder = fileURLToPath(new URL('../tools', import.meta.url))

/**
 * Installs what `packages/smoke/tools/package.json` lists, unless that has been done since it was last changed. It may be called
 * from several processes at once.
 *
 * What is under `optionalDependencies` there may be missing afterwards, on a machine for which it is not made.
 *
 * @returns The folder `node_modules` in which the tools are.
 */
export function installTools(): Promise<string> {
  return installIn(toolsFolder)
}

/**
 * Installs what the `package.json` of a folder lists that has a lockfile of its own, unless that has been done since it was last
 * changed. It may be called from several processes at once.
 *
 * @returns The folder `node_modules` in which it is.
 */
export async function installIn(folder: string): Promise<string> {
  const modules = join(folder, 'node_modules')
  const stamp = join(modules, '.installed')
  await alone(join(folder, '.installing'), async () => {
    const wanted = await fingerprint(folder)
    if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return
    await pnpm(['install', '--frozen-lockfile', '--prefer-offline'], { cwd: folder })
    await writeFile(stamp, wanted)
  })
  return modules
}

async function fingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
    hash.update(await readFile(join(folder, name)))
  }
  return hash.digest('hex')
}
