import { numberAt, SyncError } from '@anycontact/sync/ledger-kit'
import type { Database, Statements } from '../postgres/database.ts'
import { MIGRATIONS } from './migrations.ts'

/** Of the lock under which one process at a time changes a schema: "ANCT". */
const LOCK = 0x414e4354

/**
 * Makes the schema of a ledger, or brings it up to date. Several processes may do it at once.
 *
 * @throws SyncError `newer_schema` where a newer version of this package has written it
 */
export async function migrate(database: Database, migrations: readonly string[] = MIGRATIONS): Promise<void> {
  if ((await versionOf(database, database.schema, migrations.length)) === migrations.length) return
  await database.transaction(async (statements) => {
    await statements.rows('select pg_advisory_xact_lock($1, hashtext($2))', LOCK, database.schema)
    // Another process may have done it since.
    const version = await versionOf(statements, database.schema, migrations.length)
    if (version === migrations.length) return
    if (version === 0) await makeSchema(statements, database.schema)
    for (const migration of migrations.slice(version)) await statements.run(migration)
    await statements.run('update @.ledger_version set version = $1', migrations.length)
  })
}

/** @returns 0 where there is none */
async function versionOf(statements: Statements, schema: string, known: number): Promise<number> {
  // Not by `to_regclass`: a connection remembers what it did not find, also while it waits for the lock.
  const [table] = await statements.rows(
    `select 1 from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = $1 and relname = 'ledger_version'`,
    schema,
  )
  if (!table) return 0
  const [row] = await statements.rows('select version from @.ledger_version')
  const version = (row && numberAt(row, 0)) ?? 0
  if (version > known) {
    throw new SyncError({
      reason: 'newer_schema',
      message: `The ledger in the schema ${JSON.stringify(schema)} has version ${version}, and this version of @anycontact/sync-bullmq knows ${known}; update the package.`,
    })
  }
  return version
}

async function makeSchema(statements: Statements, schema: string): Promise<void> {
  const [there] = await statements.rows('select 1 from pg_namespace where nspname = $1', schema)
  if (!there) await statements.run(`create schema "${schema}"`)
  await statements.run('create table @.ledger_version (version integer not null)')
  await statements.run('insert into @.ledger_version values (0)')
}
