import { join, resolve } from 'node:path'

/** The repository's folder. */
export const ROOT: string = resolve(import.meta.dirname, '../../../..')

/** A folder with a lockfile of its own, in which the oldest Node is. */
export const NODES_FOLDER: string = resolve(import.meta.dirname, '../../nodes')

/** The program as it is published. */
export const BIN: string = join(ROOT, 'packages/cli/dist/bin.js')

/** A Node that runs the program. */
export interface NodeVersion {
  readonly name: string
  readonly path: string
}

/** The Node of the workspace. */
export const NEWEST: NodeVersion = { name: 'Node 24', path: join(ROOT, 'node_modules/node/bin/node') }

/** The oldest one that the program is for. */
export const OLDEST: NodeVersion = {
  name: 'Node 20',
  path: join(NODES_FOLDER, 'node_modules/node20/bin/node'),
}

/** Both. */
export const NODES: readonly NodeVersion[] = [OLDEST, NEWEST]
