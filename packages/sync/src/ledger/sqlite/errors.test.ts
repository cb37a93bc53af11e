import { expect, test } from 'vitest'
import { SyncError } from '../../errors.ts'
import { loadDriver } from './driver.ts'
import { ledgerError } from './errors.ts'

const failures = [
  'database is locked',
  'database or disk is full',
  'database disk image is malformed',
] as const

test.each([
  [failures[0], /Another program holds the ledger/],
  [failures[1], /disk of the ledger is full/],
  [failures[2], /restore the file from a copy/],
  ['attempt to write a readonly database', /may not be written by this user/],
  ['file is not a database', /no SQLite database/],
  ['something that nobody knows', /its cause says what SQLite told/],
])('"%s" becomes an error that says what to do', (message, hint) => {
  const cause = new Error(message)
  expect(ledgerError(cause)).toMatchObject({ reason: 'ledger', message: expect.stringMatching(hint), cause })
})

test.each(['node:sqlite', 'libsql'] as const)('what %s throws is told by its code', async (driver) => {
  const file = (await loadDriver(driver))(':memory:')
  file.exec('CREATE TABLE a (b); PRAGMA query_only = ON')
  let thrown: unknown
  try {
    file.prepare('INSERT INTO a VALUES (?)').run(['a person'])
  } catch (error) {
    thrown = ledgerError(error)
  }
  file.close()
  expect(thrown).toMatchObject({ message: 'The ledger may not be written by this user.' })
  expect(String(thrown)).not.toContain('a person')
})

test('mistakes of a program and errors that say what to do are passed on', () => {
  for (const error of [new TypeError('no function'), new SyncError({ reason: 'fenced', message: 'm' })]) {
    expect(ledgerError(error)).toBe(error)
  }
})
