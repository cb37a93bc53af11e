import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder for the ledgers of a test. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'anycontact-ledger-'))
}

/** Removes a folder of {@link makeFolder}. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true })
  } catch (error) {
    // libsql has its file open until its statements are collected, and Windows does not remove what is open.
    if (process.platform !== 'win32') throw error
  }
}
