import { parseArgs } from 'node:util'

/** What `pnpm bench` was told. */
export interface BenchOptions {
  /** The names of the suites to run, in the order in which they run. */
  readonly only: readonly string[]
  readonly rounds: number
  readonly million: boolean
  readonly write: boolean
  readonly help: boolean
}

/** Options that cannot be read. */
export class UsageError extends Error {}

/** How the command is used. */
export function usage(names: readonly string[]): string {
  return `Usage: pnpm bench [--only <suites>] [--rounds <number>] [--million] [--write]

  --only listing,memory  runs these suites alone
  --rounds 3             how often each program runs, 5 unless given; some suites run fewer
  --million              syncs a million contacts instead of 100,000, which takes minutes more
  --write                puts the tables into docs/guides/performance.md

Suites: ${names.join(', ')}.`
}

/**
 * Reads the options of the command.
 *
 * @param names - the suites that there are
 * @throws UsageError for what is no option, and for what an option does not take
 */
export function readOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const { only, rounds, million, write, help } = parsed(args)
  const wanted = only?.split(',').map((name) => name.trim())
  const unknown = wanted?.filter((name) => !names.includes(name)) ?? []
  if (unknown.length > 0) {
    throw new UsageError(
      `There is no suite ${unknown.map((name) => `"${name}"`).join(', ')}. There are: ${names.join(', ')}.`,
    )
  }
  if (!/^[1-9]\d{0,3}$/.test(rounds))
    throw new UsageError(`\`--rounds\` takes a whole number from 1 to 9999, not "${rounds}".`)
  return {
    only: names.filter((name) => wanted?.includes(name) ?? true),
    rounds: Number(rounds),
    million,
    write,
    help,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      // Some who come from npm write `pnpm bench -- --only listing`.
      args: args[0] === '--' ? args.slice(1) : args,
      options: {
        only: { type: 'string' },
        rounds: { type: 'string', default: '5' },
        million: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
