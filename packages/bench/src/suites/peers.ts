import { fileURLToPath } from 'node:url'
import { installIn } from '@anycontact/smoke'

/** The folder whose `package.json` lists clients of vendors that no adapter is for. */
const folder = fileURLToPath(new URL('../../peers', import.meta.url))

/**
 * Installs what `packages/bench/peers/package.json` lists, unless that has been done since it was last changed.
 *
 * @returns The folder `node_modules` in which they are.
 */
export const installPeers = (): Promise<string> => installIn(folder)
