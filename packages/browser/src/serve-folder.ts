import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

/** A folder that is served, until it is closed. */
export interface Served extends AsyncDisposable {
  /** Where the folder's root is, with a slash at the end. */
  url: string
  /** The paths that were asked for and not found. */
  missing: readonly string[]
  /** Ends the server and its connections. */
  close(): Promise<void>
}

/** The file that a path of a URL means, or `undefined` if it would lie outside of `folder`. */
function fileOf(folder: string, pathname: string): string | undefined {
  let path: string
  try {
    path = normalize(join(folder, decodeURIComponent(pathname)))
  } catch {
    return undefined
  }
  if (path !== normalize(folder) && !path.startsWith(normalize(folder + sep))) return undefined
  return pathname.endsWith('/') ? join(path, 'index.html') : path
}

/**
 * Serves the files of a folder on a free port of loopback, as a plain static server does: `index.html` for a folder, 404 for
 * what is not there, and no other cleverness.
 *
 * @param options.under The path below which the folder is served, such as `/docs/`; `/` when absent.
 */
export async function serveFolder(folder: string, options: { under?: string } = {}): Promise<Served> {
  const under = options.under ?? '/'
  const missing: string[] = []
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = pathname.startsWith(under) ? fileOf(folder, pathname.slice(under.length - 1)) : undefined
    try {
      if (file === undefined) throw new Error('outside')
      const body = await readFile(file)
      response.writeHead(200, { 'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream' })
      response.end(body)
    } catch {
      missing.push(pathname)
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${address.port}${under}`, missing, close, [Symbol.asyncDispose]: close }
}
