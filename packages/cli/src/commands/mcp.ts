import { Writable } from 'node:stream'
import { command, providerOption } from '../command.ts'
import type { Host } from '../host.ts'
import { safeLines, safeText } from '../output/safe-text.ts'
import { Session } from '../session.ts'

/** `anycontact mcp`: contacts as tools of the Model Context Protocol, for the application that starts this command. */
export function mcpCommand(host: Host) {
  return command({
    name: 'mcp',
    summary: 'Serves contacts as tools of the Model Context Protocol, over standard input and output.',
    examples: [
      { line: 'anycontact mcp --provider crm', what: 'Tools that only read:' },
      { line: 'anycontact mcp --provider crm --write', what: 'Also tools that write, each after a preview:' },
    ],
  })
    .addOption(providerOption())
    .option(
      '--write',
      'also tools that create, change and delete, each in two steps: a preview, and what does it',
    )
    .option('--scan', 'let contacts be looked up by keys for which the whole listing is read')
    .action(async (options) => {
      const session = new Session(host, options)
      const { name, contacts } = await session.openWith(options.provider, 'list')
      // What it takes is loaded by no other command.
      const { serveStdio } = await import('@anycontact/mcp')
      if (host.stdin.isTTY === true) await host.stderr.write(`${onTerminal(name)}\n`)
      await serveStdio(contacts, {
        write: options.write,
        scan: options.scan,
        input: host.stdin,
        output: writableOf(host),
        signal: host.signal,
        clock: host.clock,
        onError: (error, tool) => void host.stderr.write(`${tool}: ${told(error)}\n`),
      })
      host.signal.throwIfAborted()
    })
}

const onTerminal = (name: string): string =>
  `Serving the contacts of ${safeText(name)} on standard input and output. An MCP client starts this command itself; Ctrl-C ends it.`

/** All that is known of an error: whoever reads the log of a server has nothing else. */
function told(error: unknown): string {
  return safeLines(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/** Standard output as a stream, which waits where whoever reads is slower. */
function writableOf({ stdout }: Host): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => void stdout.write(String(chunk)).then(() => done(), done),
  })
}
