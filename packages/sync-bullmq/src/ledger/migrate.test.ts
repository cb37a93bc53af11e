import { type Postgres, startPostgres } from '@anycontact/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Database } from '../postgres/database.ts'
import { type OpenPool, openPool, type PostgresPool } from '../postgres/pool.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'

let postgres: Postgres
const pools: OpenPool[] = []
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()))
  await postgres?.stop()
})

function connect(connectionString: string): PostgresPool {
  const opened = openPool({ connectionString }, 1)
  pools.push(opened)
  return opened.pool
}

function databaseOf(schema: string): Database {
  return new Database(connect(postgres.url), schema)
}

test('many that start at once make one schema', async () => {
  for (const schema of ['one', 'two', 'three', 'four', 'five']) {
    const databases = Array.from({ length: 8 }, () => databaseOf(schema))
    await Promise.all(databases.map((database) => migrate(database)))
    await Promise.all(pools.splice(0).map((pool) => pool.end()))
  }
})

test('an older schema is brought up to date, by what it lacks and once', async () => {
  const database = databaseOf('grown')
  await migrate(database)
  const next = [...MIGRATIONS, 'create table @.added (n integer); insert into @.added values (1)']
  await Promise.all([migrate(database, next), migrate(databaseOf('grown'), next)])
  expect(await database.rows('select n from @.added')).toEqual([['1']])
  await migrate(database, next)
})

test('a step that fails leaves nothing of it behind', async () => {
  const database = databaseOf('failed')
  const broken = [...MIGRATIONS, 'create table @.added (n integer); select 1 / 0']
  await expect(migrate(database, broken)).rejects.toMatchObject({ reason: 'ledger' })
  await migrate(database)
  await expect(database.rows('select n from @.added')).rejects.toThrow('42P01')
})

test('a newer schema is refused, and left as it is', async () => {
  const database = databaseOf('newer')
  await migrate(database, [...MIGRATIONS, 'create table @.added (n integer)'])
  await expect(migrate(database)).rejects.toMatchObject({
    reason: 'newer_schema',
    message: expect.stringContaining('update the package'),
  })
})

test('a user without the right to make a schema is told so', async () => {
  const database = databaseOf('postgres')
  await database.rows(`do $$ begin
    if not exists (select from pg_roles where rolname = 'anycontact_reader') then create role anycontact_reader login password 'x'; end if;
  end $$`)
  const url = new URL(postgres.url)
  url.username = 'anycontact_reader'
  url.password = 'x'
  await expect(migrate(new Database(connect(url.href), 'forbidden'))).rejects.toThrow(
    'needs CREATE on the database',
  )
})
