import { Command, CommanderError } from '@commander-js/extra-typings'
import packageJson from '../package.json' with { type: 'json' }
import { COMMANDS } from './commands/index.ts'
import { Ended, Unfinished } from './errors/ended.ts'
import { EXIT } from './errors/exit-codes.ts'
import { explain } from './errors/explain.ts'
import { type Host, type Output, Stopped } from './host.ts'
import { safeLines } from './output/safe-text.ts'
import { hasColours, styleOf } from './output/style.ts'

/**
 * Runs the program.
 *
 * @param args - the command line's arguments, without the program
 * @returns the exit code
 */
export async function runCli(args: readonly string[], host: Host): Promise<number> {
  // What the parser says is written when it is done: its own way of writing does not wait.
  const said: { readonly output: Output; readonly text: string }[] = []
  const exitCode = await parse(args, host, (output, text) => said.push({ output, text }))
  for (const { output, text } of said) await output.write(text)
  return exitCode
}

async function parse(
  args: readonly string[],
  host: Host,
  say: (output: Output, text: string) => void,
): Promise<number> {
  try {
    await createProgram(host, say).parseAsync(args, { from: 'user' })
    return EXIT.done
  } catch (error) {
    // It has said so itself.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage
    if (error instanceof Ended) return error.exitCode
    const ending = host.signal.aborted ? stopOf(error, host.signal) : error
    const { text, exitCode } = explain(ending, args.includes('--verbose'))
    // Ctrl-C is also an answer, where the terminal gives it as a key.
    const isStopped = host.signal.aborted || error instanceof Stopped
    say(host.stderr, `${isStopped ? '' : `${styleOf(host, host.stderr).red('Error:')} `}${text}\n`)
    return exitCode
  }
}

/** Whatever an abort has become on its way: it was asked for. */
function stopOf(error: unknown, { reason }: AbortSignal): unknown {
  return error instanceof Unfinished ? new Unfinished(reason, error.soFar) : reason
}

/**
 * Makes the program with all its commands.
 *
 * @param say - takes what the parser says: help, and what is wrong with a command line
 */
function createProgram(host: Host, say: (output: Output, text: string) => void) {
  const program = new Command('anycontact')
    .description('Contacts of messaging platforms: list, import, export, copy and sync them.')
    .version(packageJson.version, '-v, --version')
    .helpCommand(false)
    .addHelpText('after', EXIT_CODES)
  for (const make of COMMANDS) program.addCommand(make(host))
  for (const one of [program, ...program.commands]) {
    one
      .exitOverride()
      .showHelpAfterError('`--help` shows what there is.')
      .configureOutput({
        writeOut: (text) => say(host.stdout, text),
        writeErr: (text) => say(host.stderr, text),
        outputError: (text, write) => write(safeLines(text.replace(/^error:/, 'Error:'))),
        getOutHelpWidth: () => (host.stdout.isTerminal ? host.stdout.columns : 100),
        getErrHelpWidth: () => (host.stderr.isTerminal ? host.stderr.columns : 100),
        getOutHasColors: () => hasColours(host, host.stdout),
        getErrHasColors: () => hasColours(host, host.stderr),
      })
  }
  return program
}

const EXIT_CODES = `
Exit codes: 0 done, 1 it could not be done or not all of it, 2 wrong command line or configuration, 130 stopped by Ctrl-C.`
