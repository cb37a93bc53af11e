import { plainCommand } from '../command.ts'
import { EMULATOR_URL } from '../config/emulators.ts'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { type Host, Stopped } from '../host.ts'

/** `anycontact emulator`: the emulators on a port, until they are stopped. */
export function emulatorCommand(host: Host) {
  return plainCommand({
    name: 'emulator',
    summary: 'Serves the emulators of all four providers on one port, until Ctrl-C.',
    examples: [
      { line: 'anycontact emulator', what: 'With made-up contacts, where every command looks for them:' },
      { line: 'anycontact emulator --port 4011 --empty --log', what: 'Without any, on another port:' },
    ],
  })
    .argument('[options...]', 'see below')
    .allowUnknownOption()
    .usage('[options]')
    .addHelpText('after', OPTIONS)
    .action(async (args) => {
      const { runCli } = await import('@anycontact/emulator/command')
      let writing: Promise<void> = Promise.resolve()
      const to =
        (output: Host['stdout']) =>
        (text: string): void => {
          writing = writing.then(() => output.write(text))
        }
      const result = await runCli(args, { out: to(host.stdout), err: to(host.stderr) })
      await writing
      if ('server' in result) await host.stdout.write(`${howToUse(result.server.url)}\n`)
      if ('exitCode' in result) {
        if (result.exitCode !== EXIT.done) throw new Ended(result.exitCode)
        return
      }
      await untilAborted(host.signal)
      await result.server.close()
      await writing
      const reason: unknown = host.signal.reason
      // A server ends by being stopped: that is no failure.
      if (!(reason instanceof Stopped) || reason.exitCode !== 130) throw reason
    })
}

/** How the other commands find it. */
function howToUse(url: string): string {
  const isFound = url === EMULATOR_URL
  return isFound
    ? 'Every other command uses it with --emulator.'
    : `Every other command uses it with --emulator and the variable ANYCONTACT_EMULATOR_URL=${url}`
}

const OPTIONS = `
Its options, which are those of anycontact-emulator:
  --port <number>   the port (default 4010, where every command looks; 0 takes a free one)
  --host <address>  the address (default 127.0.0.1, this machine alone)
  --seed <file>     begin with the records of a JSON file: { "chatbotkit": [...], "cognipeer": [...] }
  --empty           begin without any
  --log             a line for each request`

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
