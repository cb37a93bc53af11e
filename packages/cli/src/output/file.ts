import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'
import type { Host, Output } from '../host.ts'

/** A file that is written under another name, and has its own only when it is whole. */
export interface FileOutput extends Output {
  /** Gives the file its name, in the place of one that had it before. */
  keep(): Promise<void>
  /** Removes what was written. Nothing where the file has its name already. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Opens a file to write to, readable by its owner alone: there are contacts in it. What is no file, such as `/dev/null` or a pipe, is
 * written to as it is.
 *
 * @param path - as the command line has it
 * @param shown - what it is called in errors
 * @throws UsageError where no file can be made there
 */
export async function openFile(path: string, { cwd }: Pick<Host, 'cwd'>, shown = path): Promise<FileOutput> {
  const wanted = resolve(cwd, path)
  const there = await lookAt(wanted)
  if (there?.isDirectory()) throw new UsageError(`${shown} is a folder: name a file in it.`)
  const isDevice = there !== undefined && !there.isFile()
  // A link stays one: what it leads to is replaced.
  const target = there ? await realpath(wanted) : wanted
  const written = isDevice
    ? target
    : join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.part`)
  const file = await open(written, isDevice ? 'w' : 'wx', 0o600).catch((error: unknown) => {
    throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}.`)
  })
  let isOpen = true
  const close = async (): Promise<void> => {
    if (isOpen) await file.close()
    isOpen = false
  }
  return {
    isTerminal: false,
    columns: 80,
    isGone: () => false,
    async write(text) {
      await file.appendFile(text)
    },
    async keep() {
      if (!isDevice) await file.sync()
      await close()
      if (!isDevice) await rename(written, target)
    },
    async [Symbol.asyncDispose]() {
      await close()
      if (!isDevice) await rm(written, { force: true })
    },
  }
}

/** What stands under a name. Nothing too where it cannot be looked at: why, opening it says. */
export async function lookAt(path: string): Promise<Stats | undefined> {
  return await stat(path).catch(() => undefined)
}

/** Whether an error of the file system says that nothing has that name. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is a file',
  EEXIST: 'a file of that name is there',
  EACCES: 'this user is not allowed to',
  EPERM: 'this user is not allowed to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead nowhere but to each other',
}

/** The error for a file of the command line that cannot be read. */
export function unreadable(name: string, error: unknown): UsageError {
  return new UsageError(
    isAbsent(error) ? `There is no file ${name}.` : `${name} cannot be read: ${reasonOf(error)}.`,
  )
}

/** What an error of the file system means, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error))
}
