import { join } from 'node:path'
import { ROOT } from '../harness/nodes.ts'

/** The pages whose blocks of `console` are what the program prints. */
export const PAGES: readonly string[] = ['README.md', 'docs/guides/command-line.md'].map((page) =>
  join(ROOT, page),
)
