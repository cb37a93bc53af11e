import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installIn } from '@anycontact/smoke'

/** The folder whose `package.json` lists clients of vendors that no adapter is for, and the oldest Node that is supported. */
const folder = fileURLToPath(new URL('../../peers', import.meta.url))

/**
 * Installs what `packages/bench/peers/package.json` lists, unless that has been done since it was last changed.
 *
 * @returns The folder `node_modules` in which they are.
 */
export const installPeers = (): Promise<string> => installIn(folder)

/** Where the oldest Node is that is supported. */
export const oldestNode = async (): Promise<string> => join(await installPeers(), 'node20/bin/node')
