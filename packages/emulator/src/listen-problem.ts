import type { CliArguments } from './cli-arguments.ts'

/** Says in one line why a port or an address cannot be had, and what to do; `undefined` for any other error. */
export function listenProblem(
  error: unknown,
  { port, host }: Pick<CliArguments, 'port' | 'host'>,
): string | undefined {
  const code: unknown = Reflect.get(Object(error), 'code')
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use. Name another with --port; --port 0 takes a free one.`
    case 'EACCES': {
      const why = port < 1024 ? ': below 1024 most systems want more rights' : ''
      return `Port ${port} of ${host} is not allowed${why}. Name another with --port; --port 0 takes a free one.`
    }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `--host ${host} is no address of this machine. 127.0.0.1 serves this machine alone, 0.0.0.0 every network.`
    default:
      return undefined
  }
}
