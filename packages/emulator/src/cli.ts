/// <reference types="node" />
import { parseArgs } from 'node:util'
import { channelInboxGreeting } from './channel-inbox/greeting.ts'
import { seedChannelInboxSample } from './channel-inbox/sample.ts'
import { chatbotkitGreeting } from './chatbotkit/greeting.ts'
import { seedSample } from './chatbotkit/sample.ts'
import { cognipeerGreeting } from './cognipeer/greeting.ts'
import { seedCognipeerSample } from './cognipeer/sample.ts'
import { contactMethodsGreeting } from './contact-methods/greeting.ts'
import { seedContactMethodsSample } from './contact-methods/sample.ts'
import { createEmulator } from './emulator.ts'
import type { EmulatorServer } from './listen.ts'

const HELP = `anycontact-emulator: serves the emulated APIs of all four vendors on one port, with sample data, until stopped

  --port <number>      the port to serve on (default 4010; 0 for any free one)
  --hostname <name>    the address to serve on (default 127.0.0.1)
  --empty              start without sample data
  --help               show this text
`

/** Where the program writes to. */
export interface CliOutput {
  /** Writes a text, its line ends included. */
  readonly out: (text: string) => void
  /** Writes an error, its line ends included. */
  readonly err: (text: string) => void
}

/** What became of a run: a server that goes on, or an exit code. */
export type CliResult = { readonly server: EmulatorServer } | { readonly exitCode: number }

/**
 * Runs the program.
 *
 * @param args - the command line's arguments, without the program
 */
export async function runCli(args: readonly string[], output: CliOutput): Promise<CliResult> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4010' },
        hostname: { type: 'string', default: '127.0.0.1' },
        empty: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) {
      output.out(HELP)
      return { exitCode: 0 }
    }
    const emulator = createEmulator({
      chatbotkit: { recordLimit: 1000 },
      cognipeer: { recordLimit: 1000 },
      channelInbox: { recordLimit: 1000 },
      contactMethods: { recordLimit: 1000 },
    })
    const { chatbotkit, cognipeer, channelInbox, contactMethods } = emulator
    const now = Date.now()
    const counts = values.empty
      ? { chatbotkit: 0, cognipeer: 0, channelInbox: 0, contactMethods: 0 }
      : {
          chatbotkit: seedSample(chatbotkit, now),
          cognipeer: seedCognipeerSample(cognipeer, now),
          channelInbox: seedChannelInboxSample(channelInbox, now),
          contactMethods: seedContactMethodsSample(contactMethods, now),
        }
    const server = await emulator.listen({ port: readPort(values.port), hostname: values.hostname })
    const { url } = server
    output.out(chatbotkitGreeting(url, counts.chatbotkit))
    output.out(cognipeerGreeting(url, counts.cognipeer))
    output.out(channelInboxGreeting(url, counts.channelInbox))
    output.out(contactMethodsGreeting(url, counts.contactMethods))
    output.out('Ctrl+C stops it.\n')
    return { server }
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
    return { exitCode: 1 }
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`Not a port: ${text}`)
  return port
}
