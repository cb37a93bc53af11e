import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunOptions, runOrThrow } from './run.ts'

/** The repository's root. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The pnpm that runs this script, or the one that the repository names. */
function command(): [string, ...string[]] {
  const running = process.env.npm_execpath ?? ''
  if (/^pnpm(\.exe)?$/.test(basename(running))) return [running]
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    packageManager: string
  }
  return ['npx', '-y', packageManager]
}

/** Runs pnpm and gives its output. */
export async function pnpm(args: readonly string[], options: RunOptions): Promise<string> {
  const [program, ...first] = command()
  return await runOrThrow(program, [...first, ...args], { timeoutMs: 300_000, ...options })
}
