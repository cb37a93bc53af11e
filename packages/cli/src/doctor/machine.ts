import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { relative } from 'node:path'
import { ContactsError } from '@anycontact/core'
import { type SqliteDriver, sqliteLedger } from '@anycontact/sync'
import type { Host } from '../host.ts'
import { isAbsent, reasonOf } from '../output/file.ts'
import type { Check } from './check.ts'

/** Looks at what commands need of this machine. */
export async function checkMachine({ nodeVersion }: Pick<Host, 'nodeVersion'>): Promise<readonly Check[]> {
  return [checkNode(nodeVersion), await checkSqlite()]
}

const LEAST = [20, 19] as const

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isEnough = major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])
  const message = isEnough
    ? `Node ${version}.`
    : `Node ${version} is too old: install ${LEAST.join('.')} or later.`
  return { check: 'node', state: isEnough ? 'ok' : 'wrong', message }
}

async function checkSqlite(): Promise<Check> {
  const check = 'sqlite'
  for (const driver of ['node:sqlite', 'libsql'] as const) {
    if (await opens(driver)) return { check, state: 'ok', message: `SQLite: ${driver}.` }
  }
  const message =
    'No SQLite, which import and sync keep their ledger in: use Node 22.13 or later, or install libsql beside anycontact.'
  return { check, state: 'wrong', message }
}

async function opens(driver: SqliteDriver): Promise<boolean> {
  const ledger = sqliteLedger(':memory:', { driver })
  try {
    await ledger.state('doctor')
    return true
  } catch (error) {
    if (ContactsError.is(error)) return false
    throw error
  } finally {
    await ledger.close()
  }
}

/** Looks at the file in which syncs and imports keep what they know: nobody else is to read it. */
export async function checkLedger(file: string, { cwd }: Pick<Host, 'cwd'>): Promise<Check> {
  const check = 'ledger'
  const shown = relative(cwd, file) || file
  let found: Stats
  try {
    found = await stat(file)
  } catch (error) {
    if (!isAbsent(error)) {
      return {
        check,
        state: 'wrong',
        message: `The ledger ${shown} cannot be looked at: ${reasonOf(error)}.`,
      }
    }
    return { check, state: 'ok', message: `The ledger ${shown} is not there yet; a sync makes it.` }
  }
  if (!found.isFile()) return { check, state: 'wrong', message: `The ledger ${shown} is no file: remove it.` }
  // Windows has no such modes.
  const mode = found.mode & 0o777
  if (platform() !== 'win32' && (mode & 0o077) !== 0) {
    const message = `Others can read the ledger ${shown} (mode ${mode.toString(8)}), and it holds contacts: chmod 600 ${shown}.`
    return { check, state: 'wrong', message }
  }
  return { check, state: 'ok', message: `Only its owner can read the ledger ${shown}.` }
}
