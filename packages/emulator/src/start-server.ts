import { withCors } from './cors.ts'
import type { Handler } from './handler.ts'
import type { EmulatorServer, ListenOptions } from './listen.ts'
import { refuseUnknownOptions } from './strict-names.ts'

/** Serves a handler on a socket. What needs Node is loaded here and not before, so that importing needs nothing. */
export async function startServer(handler: Handler, options: ListenOptions = {}): Promise<EmulatorServer> {
  refuseUnknownOptions('listen', options, { port: true, hostname: true })
  const { listen } = await import('./listen.ts')
  // A bundle for the browser has an empty module in its place.
  if (typeof listen !== 'function') throw new Error('This runtime has no sockets to listen on; use `fetch`')
  return listen(withCors(handler), options)
}
