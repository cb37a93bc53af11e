import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { arithmeticProblems } from './arithmetic.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import { type ExportPaths, exportProblems } from './exports.ts'
import { type Json, MalformedError } from './json.ts'

/** Where the program writes to. */
export interface Output {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** What became of a check: `0` it holds and the sides agree, `1` it does not hold, `2` wrong usage, `3` it holds and they do not agree. */
export type ExitCode = 0 | 1 | 2 | 3

const MAX_SHOWN = 50

const HELP = `Checks a certificate of verifySync: that it agrees with itself, and with exports of the sides.

Usage: anycontact-check-certificate certificate.json [--source contacts.ndjson] [--target contacts.ndjson]

  --source, --target   the contacts of a side, one JSON object a line, as its client gives them
  --help               this text

Exit code: 0 it holds, and the sides agree; 1 it does not hold; 2 wrong usage, or a file that cannot be read;
3 it holds, and says that the sides do not agree or that nothing is proved.
`

/** Runs the program. @param args - the command line's arguments, without the program */
export async function runCheck(args: readonly string[], { out, err }: Output): Promise<ExitCode> {
  const usage = readUsage(args)
  if (typeof usage === 'string') {
    err(`${usage}\nRun with --help to see how it is used.\n`)
    return 2
  }
  if ('help' in usage) {
    out(HELP)
    return 0
  }
  try {
    const certificate = readCertificate(await readJson(usage.path))
    const problems = [
      ...arithmeticProblems(certificate),
      ...(usage.exports.source || usage.exports.target
        ? await exportProblems(certificate, usage.exports)
        : []),
    ]
    return tell(certificate, usage.exports, problems, out)
  } catch (error) {
    if (error instanceof MalformedError) {
      out(`It does not hold.\n  ${error.message}\n`)
      return 1
    }
    err(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

function tell(
  { sync, agrees, proved, unproved, sides, differences, endedAt }: Certificate,
  exports: ExportPaths,
  problems: readonly string[],
  out: Output['out'],
): ExitCode {
  if (problems.length > 0) {
    out(`It does not hold.\n`)
    for (const problem of problems.slice(0, MAX_SHOWN)) out(`  ${problem}\n`)
    if (problems.length > MAX_SHOWN) out(`  and ${problems.length - MAX_SHOWN} more\n`)
    return 1
  }
  const with_ = (['source', 'target'] as const).filter((side) => exports[side] !== undefined)
  out(
    `It holds${with_.length > 0 ? `, and the export of the ${with_.join(' and of the ')} is what it says` : ''}.\n`,
  )
  out(
    `  ${sync}: ${sides.source.contacts} contacts at the source, ${sides.target.contacts} at the target, ${endedAt}\n`,
  )
  if (!proved) for (const reason of unproved) out(`  Nothing is proved: ${reason}\n`)
  const { total } = differences
  if (agrees) out('  They agree.\n')
  else if (total > 0) out(`  They do not agree: ${total} ${total === 1 ? 'difference' : 'differences'}.\n`)
  else out('  No difference was found, but that is no proof.\n')
  return agrees ? 0 : 3
}

type Usage = { readonly help: true } | { readonly path: string; readonly exports: ExportPaths }

/** @returns what is wrong with the arguments, as a sentence */
function readUsage(args: readonly string[]): Usage | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { source: { type: 'string' }, target: { type: 'string' }, help: { type: 'boolean' } },
    })
    if (values.help) return { help: true }
    const [path, ...more] = positionals
    if (path === undefined || more.length > 0) return 'Give the file of one certificate.'
    const { source, target } = values
    return { path, exports: { ...(source && { source }), ...(target && { target }) } }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function readJson(path: string): Promise<Json> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new MalformedError(`${path} is no JSON.`)
  }
}
