import { ContactsError } from '../errors.ts'
import type { Runtime } from './runtime.ts'

/** What is behind each client, for functions beside the client that need more of it than its operations. */
const runtimes = new WeakMap<object, Runtime>()

/** Notes what is behind a client. */
export function rememberRuntime(client: object, runtime: Runtime): void {
  runtimes.set(client, runtime)
}

/**
 * What is behind a client.
 *
 * @throws ContactsError `config` for what is no client, or one of another copy of this package
 */
export function runtimeOf(client: object): Runtime {
  const runtime = runtimes.get(client)
  if (runtime) return runtime
  throw new ContactsError({
    code: 'config',
    message: 'This is no client that this copy of AnyContact made. Install one version of its packages.',
  })
}
