import { installIn } from '@anycontact/smoke'
import { NODES_FOLDER } from './harness/nodes.ts'

/** Before the tests: the oldest Node that the command line is for. */
export default async function setup(): Promise<void> {
  await installIn(NODES_FOLDER)
}
