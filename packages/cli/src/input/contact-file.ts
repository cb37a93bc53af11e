import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readNdjson } from '@anycontact/formats'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { unreadable } from '../output/file.ts'
import { safeText } from '../output/safe-text.ts'

/**
 * Reads the fields of one contact from a file of JSON: those that can be written, also of one that was printed by `get`. What is left
 * out is said on standard error.
 *
 * @param path - the file; `-` for standard input
 * @param keepsId - whether its id is one of the fields
 * @throws UsageError for what is no contact
 */
export async function readContactFile(
  path: string,
  host: Host,
  keepsId: boolean,
): Promise<Readonly<Record<string, unknown>>> {
  const shown = path === '-' ? 'Standard input' : path
  const text = await textOf(path, host)
  try {
    JSON.parse(text)
  } catch {
    throw new UsageError(`${shown} is to be one JSON object, and is not JSON.`)
  }
  // JSON has line breaks only between its parts, so that on one line it says the same.
  const rows = readNdjson(text.replace(/[\r\n]+/g, ' '), keepsId ? { by: 'id' } : {})
  for await (const { contact, error, notes = [] } of rows) {
    if (error) {
      const wrong = (error.issues ?? []).map((issue) => `${issue.path || 'it'} ${issue.message}`)
      throw new UsageError(`${shown} cannot be written: ${wrong.join('; ') || error.message}.`)
    }
    for (const note of notes) await host.stderr.write(`${safeText(`${shown}: ${note}.`)}\n`)
    return { ...contact }
  }
  throw new UsageError(`${shown} is empty.`)
}

async function textOf(path: string, { stdin, cwd }: Host): Promise<string> {
  if (path !== '-') {
    return await readFile(resolve(cwd, path), 'utf8').catch((error: unknown) => {
      throw unreadable(path, error)
    })
  }
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stdin) {
    text += chunk instanceof Uint8Array ? decoder.decode(chunk, { stream: true }) : String(chunk)
  }
  return text + decoder.decode()
}
