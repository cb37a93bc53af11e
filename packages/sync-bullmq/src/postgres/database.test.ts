import { type Postgres, startPostgres } from '@anycontact/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Database } from './database.ts'
import { openPool, type PostgresPool } from './pool.ts'

let postgres: Postgres
let opened: ReturnType<typeof openPool>
beforeAll(async () => {
  postgres = await startPostgres()
  opened = openPool({ connectionString: postgres.url }, 1)
  await new Database(opened.pool, 'public').rows('create table noted (n integer)')
}, 120_000)
afterAll(async () => {
  await opened?.end()
  await postgres?.stop()
})

/** A pool whose connections break once, at a statement of this text, before or after the server has carried it out. */
function breaking(text: string, moment: 'before' | 'after'): PostgresPool {
  let isBroken = false
  return {
    async connect() {
      const client = await opened.pool.connect()
      return {
        async query(query) {
          const breaks = !isBroken && query.text.startsWith(text)
          if (breaks) isBroken = true
          if (breaks && moment === 'before') throw lost()
          const result = await client.query(query)
          if (breaks) throw lost()
          return result
        },
        release: (destroy) => client.release(destroy),
        on: (event, listener) => client.on(event, listener),
        off: (event, listener) => client.off(event, listener),
      }
    },
  }
}

function lost(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}

async function noted(n: number): Promise<number> {
  const rows = await new Database(opened.pool, 'public').rows('select n from @.noted where n = $1', n)
  return rows.length
}

test('what may have been stored when the connection broke is not done again, but thrown', async () => {
  const database = new Database(breaking('commit', 'after'), 'public')
  await database.rows('select 1')
  const note = database.run('insert into @.noted values (1)')
  await expect(note).rejects.toMatchObject({ reason: 'ledger', code: 'unavailable' })
  expect(await noted(1)).toBe(1)
})

test('what was surely not stored is done again', async () => {
  const database = new Database(breaking('insert', 'before'), 'public')
  await database.rows('select 1')
  await database.run('insert into @.noted values (2)')
  expect(await noted(2)).toBe(1)
})

test('a connection that never was is no reason to wait', async () => {
  const none: PostgresPool = { connect: () => Promise.reject(lost()) }
  const asked = performance.now()
  await expect(new Database(none, 'public').rows('select 1')).rejects.toThrow('ECONNRESET')
  expect(performance.now() - asked).toBeLessThan(400)
})

test.each(['Contacts', 'a b', '1st', 'x"; drop table noted; --'])('%s is no name of a schema', (schema) => {
  expect(() => new Database(opened.pool, schema)).toThrow('`schema`')
})
