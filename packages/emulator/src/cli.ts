/// <reference types="node" />
import packageJson from '../package.json' with { type: 'json' }
import { channelInboxGreeting } from './channel-inbox/greeting.ts'
import { chatbotkitGreeting } from './chatbotkit/greeting.ts'
import { type CliArguments, HELP, readArguments } from './cli-arguments.ts'
import { cognipeerGreeting } from './cognipeer/greeting.ts'
import { contactMethodsGreeting } from './contact-methods/greeting.ts'
import { createServers } from './emulator.ts'
import type { EmulatorServer } from './listen.ts'
import { listenProblem } from './listen-problem.ts'
import { logged } from './request-log.ts'
import { fillWithSample } from './sample-data.ts'
import { readSeedFile, SeedFileError, type SeedVendors } from './seed-file.ts'
import { startServer } from './start-server.ts'

/** Where the program writes to. */
export interface CliOutput {
  /** Writes a text, its line ends included. */
  readonly out: (text: string) => void
  /** Writes an error, its line ends included. */
  readonly err: (text: string) => void
}

/** What became of a run: a server that goes on, or an exit code. */
export type CliResult = { readonly server: EmulatorServer } | { readonly exitCode: number }

/** The exit code of a run that cannot serve. */
const CANNOT_SERVE = 1

/** The exit code of a run whose command line is wrong. */
const WRONG_USAGE = 2

/** How many requests of each vendor are kept; nothing reads more of them in a program of its own. */
const RECORD_LIMIT = { recordLimit: 1000 }

/**
 * Runs the program.
 *
 * @param args - the command line's arguments, without the program
 */
export async function runCli(args: readonly string[], output: CliOutput): Promise<CliResult> {
  const read = readArguments(args)
  if (read.kind === 'wrong') {
    output.err(`${read.message}\n`)
    return { exitCode: WRONG_USAGE }
  }
  if (read.kind !== 'serve') {
    output.out(read.kind === 'help' ? HELP : `${packageJson.version}\n`)
    return { exitCode: 0 }
  }
  try {
    return { server: await serve(read.options, output) }
  } catch (error) {
    const line = error instanceof SeedFileError ? error.message : listenProblem(error, read.options)
    if (line === undefined) throw error
    output.err(`${line}\n`)
    return { exitCode: CANNOT_SERVE }
  }
}

async function serve(options: CliArguments, { out }: CliOutput): Promise<EmulatorServer> {
  const fill = dataOf(options)
  const { emulator, handle, vendorOf } = createServers(
    {
      chatbotkit: RECORD_LIMIT,
      cognipeer: RECORD_LIMIT,
      channelInbox: RECORD_LIMIT,
      contactMethods: RECORD_LIMIT,
    },
    () => fill(emulator),
  )
  const counts = fill(emulator)
  const handler = options.log
    ? logged(handle, { vendorOf: (path) => vendorOf(path) ?? 'emulator', write: out, now: Date.now })
    : handle
  const server = await startServer(handler, { port: options.port, hostname: options.host })
  const { url } = server
  out(
    chatbotkitGreeting(url, counts.chatbotkit) +
      cognipeerGreeting(url, counts.cognipeer) +
      channelInboxGreeting(url, counts.channelInbox) +
      contactMethodsGreeting(url, counts.contactMethods) +
      `${url} in a browser shows this too. Ctrl+C stops it.\n`,
  )
  return server
}

/** What the vendors begin with, and have again after a reset. */
function dataOf({ seed, empty }: CliArguments): SeedVendors {
  if (seed !== undefined) return readSeedFile(seed)
  if (empty) return () => ({ chatbotkit: 0, cognipeer: 0, channelInbox: 0, contactMethods: 0 })
  return fillWithSample
}
