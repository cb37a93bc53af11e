import type { Handler } from './connection.ts'
import type { EmulatorServer, ListenOptions } from './listen.ts'

/** Serves a handler on a socket. What needs Node is loaded here and not before, so that importing needs nothing. */
export async function startServer(handler: Handler, options: ListenOptions = {}): Promise<EmulatorServer> {
  const { listen } = await import('./listen.ts')
  return listen(handler, options)
}
