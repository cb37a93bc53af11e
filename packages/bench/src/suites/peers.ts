import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installIn, run } from '@anycontact/smoke'

/** The folder whose `package.json` lists clients of vendors that no adapter is for, and the oldest Node that is supported. */
const folder = fileURLToPath(new URL('../../peers', import.meta.url))

/** How peers are installed, and where it is said that they are not. */
export interface PeersOptions {
  /** @returns The folder `node_modules` in which they are */
  readonly install: () => Promise<string>
  readonly say: (text: string) => void
}

/**
 * Makes a function that installs peers, once however often it is called. Without a registry there are none: that is said once, and what
 * does not need them is measured all the same.
 *
 * @returns What gives the folder `node_modules` in which they are, or `undefined`
 */
export function peersOnce({ install, say }: PeersOptions): () => Promise<string | undefined> {
  let installed: Promise<string | undefined> | undefined
  return () => {
    installed ??= install().catch((error: unknown) => {
      say(
        `What packages/bench/peers lists cannot be installed, so HubSpot's client and the oldest Node are left out:\n${reasonOf(error)}\n`,
      )
      return undefined
    })
    return installed
  }
}

/** The end of what is told about an error: an installer tells each try. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).trimEnd().split('\n')
  return lines.slice(-12).join('\n')
}

/**
 * Installs what `packages/bench/peers/package.json` lists, unless that has been done since it was last changed.
 *
 * @returns The folder `node_modules` in which they are, or `undefined` where they cannot be installed.
 */
export const installPeers: () => Promise<string | undefined> = peersOnce({
  install: () => installIn(folder),
  say: console.error,
})

/**
 * Where the oldest Node is that is supported.
 *
 * @returns `undefined` where it cannot be installed, or is not made for this machine
 */
export async function oldestNode(modules: string | undefined): Promise<string | undefined> {
  if (modules === undefined) return undefined
  const text = await readFile(join(modules, 'node20/package.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // Another path on Windows.
  const { bin }: { bin: { node: string } } = JSON.parse(text)
  const node = join(modules, 'node20', bin.node)
  const ran = await run(node, ['--version']).catch(() => undefined)
  return ran?.code === 0 ? node : undefined
}
