import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { createEmulator } from '@anycontact/emulator'
import { type Bench, benchOn } from '../program/bench.js'

/** Emulators on a socket, and a second address by which the program of another process sets them up and looks at them. */
export interface ServedEmulators extends AsyncDisposable {
  readonly url: string
  readonly control: string
}

/** Serves emulators to programs that cannot have them in their own process, because it is the socket that is tried. */
export async function serveEmulators(): Promise<ServedEmulators> {
  const emulator = createEmulator()
  const served = await emulator.listen()
  const bench = benchOn(emulator)
  const server = createServer(async (request, response) => {
    // A page asks too.
    response.setHeader('access-control-allow-origin', '*')
    try {
      response.end(JSON.stringify((await carryOut(bench, JSON.parse(await text(request)))) ?? null))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: served.url,
    control: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      await served.close()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

type Call =
  | readonly ['reset' | 'state']
  | readonly ['fault', ...Parameters<Bench['fault']>]
  | readonly ['seed', ...Parameters<Bench['seed']>]

async function carryOut(bench: Bench, call: Call): Promise<unknown> {
  if (call[0] === 'fault') return await bench.fault(call[1], call[2])
  if (call[0] === 'seed') return await bench.seed(call[1], call[2])
  return await bench[call[0]]()
}
