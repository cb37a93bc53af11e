/// <reference types="node" />
import { parseArgs } from 'node:util'
import { channelInboxGreeting } from './channel-inbox/greeting.ts'
import { seedChannelInboxSample } from './channel-inbox/sample.ts'
import { DEFAULT_SECRET } from './chatbotkit/options.ts'
import { seedSample } from './chatbotkit/sample.ts'
import { cognipeerGreeting } from './cognipeer/greeting.ts'
import { seedCognipeerSample } from './cognipeer/sample.ts'
import { contactMethodsGreeting } from './contact-methods/greeting.ts'
import { seedContactMethodsSample } from './contact-methods/sample.ts'
import { createEmulator } from './emulator.ts'
import type { EmulatorServer } from './listen.ts'

const HELP = `anycontact-emulator: serves the emulated contact APIs, with sample data, until stopped

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
    const count = values.empty ? 0 : seedSample(emulator.chatbotkit, Date.now())
    const cognipeerCount = values.empty ? 0 : seedCognipeerSample(emulator.cognipeer, Date.now())
    const inboxCount = values.empty ? 0 : seedChannelInboxSample(emulator.channelInbox, Date.now())
    const methodCount = values.empty ? 0 : seedContactMethodsSample(emulator.contactMethods, Date.now())
    const server = await emulator.listen({ port: readPort(values.port), hostname: values.hostname })
    output.out(greeting(server.url, count))
    output.out(cognipeerGreeting(server.url, cognipeerCount))
    output.out(channelInboxGreeting(server.url, inboxCount))
    output.out(contactMethodsGreeting(server.url, methodCount))
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

function greeting(url: string, count: number): string {
  return `ChatBotKit contacts API: ${url} (secret ${DEFAULT_SECRET}, ${count} contacts)

  import { chatbotkit } from '@anycontact/chatbotkit'
  const contacts = chatbotkit({ secret: '${DEFAULT_SECRET}', baseUrl: '${url}' })

  import { ContactClient } from '@chatbotkit/sdk/contact/index'
  const client = new ContactClient({ secret: '${DEFAULT_SECRET}', baseUrl: '${url}' })

  curl -H 'authorization: Bearer ${DEFAULT_SECRET}' ${url}/api/v1/contact/list

`
}
