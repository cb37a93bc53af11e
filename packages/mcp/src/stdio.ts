import type { Readable, Writable } from 'node:stream'
import type { ContactsWith } from '@anycontact/core'
import { StdioServerTransport, serveStdio as serve } from '@modelcontextprotocol/server/stdio'
import type { ContactsServerOptions } from './options.ts'
import { serverMaker } from './server.ts'

/** How contacts are served over standard input and output. */
export interface ServeStdioOptions extends ContactsServerOptions {
  /** Where requests come from. @default the process's standard input */
  readonly input?: Readable | undefined
  /** Where answers go, and nothing else. @default the process's standard output */
  readonly output?: Writable | undefined
  /** Ends the server, and the requests that are running. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Serves contacts over standard input and output, as an application expects of a program that it starts. It is over when the
 * application closes the input, or when the signal is aborted: running requests are then cancelled. Nothing but the protocol is written to
 * the output: write what else there is to say to standard error.
 *
 * @throws ContactsError `config` for options that cannot work
 */
export async function serveStdio(
  contacts: ContactsWith<'list'>,
  options: ServeStdioOptions = {},
): Promise<void> {
  const { input, output, signal, ...others } = options
  const makeServer = serverMaker(contacts, others)
  if (signal?.aborted) return
  const transport = new StdioServerTransport(input, output)
  const handle = serve(makeServer, {
    transport,
    onerror: (error) => others.onError?.(error, 'protocol'),
  })
  const { onclose } = transport
  await new Promise<void>((resolve) => {
    const close = (): void => void handle.close()
    transport.onclose = () => {
      onclose?.()
      signal?.removeEventListener('abort', close)
      resolve()
    }
    signal?.addEventListener('abort', close, { once: true })
  })
}
