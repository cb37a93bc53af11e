import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadDriver } from './driver.ts'
import { MIGRATIONS } from './migrations.ts'
import { openDatabase } from './open.ts'
import { sqliteLedger } from './sqlite-ledger.ts'
import { makeFolder, removeFolder } from './testing/folder.ts'

let folder: string

beforeEach(async () => {
  folder = await makeFolder()
})

afterEach(() => removeFolder(folder))

describe.each(['node:sqlite', 'libsql'] as const)('the file of a ledger, with %s', (driver) => {
  const sync = { name: 'a', definition: {} }

  // Windows has no such modes.
  test.skipIf(process.platform === 'win32')(
    'is readable by its owner alone, and so is what stands beside it',
    async () => {
      const path = join(folder, 'contacts.db')
      await using ledger = sqliteLedger(path, { driver })
      await ledger.open(sync)
      for (const name of [path, `${path}-wal`, `${path}-shm`]) {
        expect((await stat(name)).mode & 0o777).toBe(0o600)
      }
    },
  )

  test('is not made before the first call', async () => {
    const path = join(folder, 'contacts.db')
    await using ledger = sqliteLedger(path, { driver })
    await expect(stat(path)).rejects.toThrow('ENOENT')
    await ledger.state('a')
    expect((await stat(path)).isFile()).toBe(true)
  })

  test('is refused where it belongs to another program, and left as it is', async () => {
    const path = join(folder, 'other.db')
    const openFile = await loadDriver(driver)
    const other = openFile(path)
    other.exec('CREATE TABLE invoice (id INTEGER); INSERT INTO invoice VALUES (7)')
    other.close()
    await using ledger = sqliteLedger(path, { driver })
    await expect(ledger.open(sync)).rejects.toMatchObject({
      reason: 'ledger',
      message:
        'The file is a SQLite database of another program; give the path of a ledger, or of a new file.',
    })
    const again = openFile(path)
    expect(again.prepare('PRAGMA journal_mode').all([])).toEqual([['delete']])
    expect(again.prepare('SELECT name FROM sqlite_schema').all([])).toEqual([['invoice']])
    again.close()
  })

  test('is refused where it is none of SQLite, and where it cannot be made', async () => {
    const path = join(folder, 'notes.txt')
    await writeFile(path, 'Bread, milk, and a good deal of other things to buy.\n'.repeat(100))
    for (const [wrong, message] of [
      [path, 'The file is no SQLite database; give the path of a ledger, or of a new file.'],
      [join(folder, 'none', 'a.db'), 'The ledger cannot be opened: its folder is not there: make it first.'],
    ]) {
      await using ledger = sqliteLedger(wrong ?? '', { driver })
      await expect(ledger.open(sync)).rejects.toMatchObject({ reason: 'ledger', message })
    }
  })

  // What Windows says of a folder was not tried.
  test.skipIf(process.platform === 'win32')('is refused where it is a folder', async () => {
    await using ledger = sqliteLedger(folder, { driver })
    const message = 'The ledger cannot be opened: it is a folder: give the path of a file.'
    await expect(ledger.open(sync)).rejects.toMatchObject({ reason: 'ledger', message })
  })

  test('is refused where a newer version of the package has written it', async () => {
    const path = join(folder, 'contacts.db')
    await using ledger = sqliteLedger(path, { driver })
    await ledger.open(sync)
    await ledger.close()
    const file = (await loadDriver(driver))(path)
    file.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`)
    file.close()
    await using older = sqliteLedger(path, { driver })
    await expect(older.open(sync)).rejects.toMatchObject({ reason: 'newer_schema' })
  })

  test('is opened once what was wrong has been mended', async () => {
    const path = join(folder, 'contacts.db')
    await writeFile(path, 'no database, but long enough to be taken for one'.repeat(100))
    await using ledger = sqliteLedger(path, { driver })
    await expect(ledger.open(sync)).rejects.toMatchObject({ reason: 'ledger' })
    await writeFile(path, '')
    await expect(ledger.open(sync)).resolves.toMatchObject({ isKnown: false })
  })

  test('is not used any more once it is closed', async () => {
    const ledger = sqliteLedger(':memory:', { driver })
    await ledger.open(sync)
    await ledger.close()
    await ledger.close()
    await expect(ledger.open(sync)).rejects.toMatchObject({ reason: 'ledger' })
  })

  test('holds nothing of a contact that was forgotten, nor of one that was dropped once it is closed', async () => {
    const path = join(folder, 'contacts.db')
    await using ledger = sqliteLedger(path, { driver })
    await ledger.open(sync)
    const claim = await ledger.claim('a', { task: 'run', holder: 'h', leaseMs: 60_000 })
    if (!('fence' in claim)) throw new Error('nobody else has it')
    const people = ['Zebulon', 'Ferdinanda', 'Quentin'].map((name, n) => ({
      keyHash: `k${n}`,
      key: `key of ${name}`,
      shard: 0,
      source: { id: `id of ${name}`, seen: 1, base: { hash: 'h', values: { name, note: 'n'.repeat(5000) } } },
    }))
    const ids = await ledger.commit(
      claim,
      people.map((pair) => ({ type: 'pair', pair })),
    )
    expect(await namesIn(path)).toEqual(['Zebulon', 'Ferdinanda', 'Quentin'])
    await ledger.forget(() => 'k0')
    expect(await namesIn(path)).toEqual(['Ferdinanda', 'Quentin'])
    await ledger.commit(claim, [{ type: 'drop', pairs: ids.slice(1, 2) }])
    await ledger.close()
    expect(await namesIn(path)).toEqual(['Quentin'])
    // libsql lets the empty log stand until its statements are collected.
    expect((await stat(`${path}-wal`).catch(() => undefined))?.size ?? 0).toBe(0)
  })

  test('outlives a power cut: SQLite waits for the disk at each commit', async () => {
    const database = await openDatabase(join(folder, 'contacts.db'), await loadDriver(driver))
    expect(database.all('PRAGMA synchronous')).toEqual([[2]])
    expect(database.all('PRAGMA journal_mode')).toEqual([['wal']])
    database.close()
  })
})

/** The people that are found in the bytes of a ledger's files. */
async function namesIn(path: string): Promise<readonly string[]> {
  const files = await Promise.all(
    [path, `${path}-wal`].map((file) => readFile(file).catch(() => Buffer.alloc(0))),
  )
  const bytes = Buffer.concat(files)
  return ['Zebulon', 'Ferdinanda', 'Quentin'].filter((name) => bytes.includes(name))
}
