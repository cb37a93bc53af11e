import { open, rm } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { lookAt, openFile } from '../output/file.ts'
import type { ImportFile } from './import-file.ts'

/** Where the rows that were not imported are written to. */
export interface RefusedFile {
  /** As it is shown. */
  readonly name: string
  /**
   * Sees to it that rows can be written there, before others are imported.
   *
   * @throws UsageError where they cannot
   */
  check(): Promise<void>
  /**
   * Writes the rows in the place of those of an earlier run; where there are none, removes these.
   *
   * @returns whether there is a file now
   */
  write(text: string): Promise<boolean>
}

/** What the files of refused rows have in them, whatever their format. */
const MARK = /importError|X-ANYCONTACT-ERROR/i

/** The mark stands in the header, or in the first record: so much is looked at. */
const LOOKED_AT = 1_048_576

/**
 * Chooses the file for the rows that are not imported: `leads.refused.csv` for `leads.csv`, and `leads.refused.2.csv` for that one. What
 * is in the place must be of an earlier run.
 *
 * @param given - named by `--refused`
 * @throws UsageError for a file of something else
 */
export async function refusedFile(
  { path, name }: ImportFile,
  given: string | undefined,
  host: Pick<Host, 'cwd'>,
): Promise<RefusedFile> {
  const target = given === undefined ? besides(path) : resolve(host.cwd, given)
  const shown =
    given ?? (dirname(path) === host.cwd ? basename(target) : join(dirname(name), basename(target)))
  if (await isSame(target, path))
    throw new UsageError(`--refused ${shown} is the file that is imported: name another one.`)
  if (!(await isOwn(target)))
    throw new UsageError(
      `${shown} is there, and is no file of refused rows: move it, or name another one with --refused.`,
    )
  return {
    name: shown,
    async check() {
      const there = await lookAt(target)
      // Whoever reads a pipe would take this for its end.
      if (there && !there.isFile()) return
      const file = await openFile(target, host, shown).catch((error: unknown) => {
        if (!(error instanceof UsageError)) throw error
        throw new UsageError(`${error.message} Refused rows go there: name another file with --refused.`)
      })
      await file[Symbol.asyncDispose]()
    },
    async write(text) {
      if (text === '') {
        // A device, such as `/dev/null`, stays.
        if ((await lookAt(target))?.isFile()) await rm(target, { force: true })
        return false
      }
      const file = await openFile(target, host, shown)
      try {
        await file.write(text)
        await file.keep()
      } finally {
        await file[Symbol.asyncDispose]()
      }
      return true
    },
  }
}

function besides(path: string): string {
  const ending = extname(path)
  const [, stem = '', count = '1'] = /^(.*?)\.refused(?:\.(\d+))?$/.exec(basename(path, ending)) ?? []
  const name =
    stem === ''
      ? `${basename(path, ending)}.refused${ending}`
      : `${stem}.refused.${Number(count) + 1}${ending}`
  return join(dirname(path), name)
}

/** Whether two names are of one file: through a link, too. */
async function isSame(one: string, other: string): Promise<boolean> {
  if (relative(one, other) === '') return true
  const [first, second] = [await lookAt(one), await lookAt(other)]
  return first !== undefined && first.dev === second?.dev && first.ino === second.ino
}

/** Whether there is no file, or one that an import wrote; a device or a pipe, of which nothing is lost, is as no file. */
async function isOwn(path: string): Promise<boolean> {
  const there = await lookAt(path)
  if (there && !there.isFile()) return !there.isDirectory()
  const file = await open(path, 'r').catch(() => undefined)
  // One that is there and cannot be read may be anybody's.
  if (!file) return there === undefined
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0)
    return bytesRead === 0 || MARK.test(buffer.toString('utf8', 0, bytesRead))
  } finally {
    await file.close()
  }
}
