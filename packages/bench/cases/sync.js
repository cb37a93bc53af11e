/**
 * A sync in one process, from Cognipeer to ChatBotKit, with its ledger in a SQLite file: a first run, one with nothing changed, and one
 * with a hundredth changed. Needs `--expose-gc`.
 *
 * @typedef {object} Environment
 * @property {number} count How many contacts there are
 *
 * @typedef {{ items: number, ledgerBytes: number, [figure: string]: number }} Outcome
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { CHATBOTKIT_SECRET, COGNIPEER_HOOK_ID, COGNIPEER_TOKEN } from '@anycontact/emulator'
import { defineSync, runSync, sqliteLedger } from '@anycontact/sync'
import { reach } from './emulator-thread.js'

const heapMiB = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** @type {(environment: Environment) => Promise<() => Promise<Outcome>>} */
export const oneProcess = async ({ count }) => {
  if (!globalThis.gc) throw new Error('Run it with --expose-gc.')
  const providers = await reach(count)
  const { fetch } = providers
  const source = cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, fetch })
  const target = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch })
  const folder = await mkdtemp(join(tmpdir(), 'bench-sync-'))
  const path = join(folder, 'contacts.db')
  const ledger = sqliteLedger(path)
  const sync = defineSync({
    name: 'bench',
    source,
    target,
    by: 'externalId',
    fields: { status: 'customFields.status' },
    lost: ['tags'],
  })

  /** @param {string} name */
  const run = async (name) => {
    let [halfwayMiB, endMiB] = [0, 0]
    const [startedAt, sent, before] = [performance.now(), providers.requests(), process.threadCpuUsage()]
    const report = await runSync(sync, {
      ledger,
      onProgress({ read }) {
        if (halfwayMiB === 0 && read.source >= count / 2) halfwayMiB = heapMiB()
        if (endMiB === 0 && read.source >= count) endMiB = heapMiB()
      },
    })
    const { user, system } = process.threadCpuUsage(before)
    const { writes, created, updated, unchanged } = report
    if (created + updated + unchanged !== count) throw new Error(`${name}: ${JSON.stringify(report)}`)
    return {
      [`${name}Ms`]: performance.now() - startedAt,
      [`${name}CpuMicros`]: (user + system) / count,
      [`${name}Requests`]: providers.requests() - sent,
      [`${name}Writes`]: writes.source + writes.target,
      [`${name}HalfwayMiB`]: halfwayMiB,
      [`${name}EndMiB`]: endMiB,
    }
  }

  const changeSome = async () => {
    const every = 100
    for (let index = 0; index < count; index += every) {
      const externalId = `crm-user-${String(index).padStart(12, '0')}`
      await source.update({ externalId }, { name: `Renamed ${index}` })
    }
  }

  return async () => {
    try {
      const first = await run('first')
      const second = await run('second')
      await changeSome()
      const third = await run('third')
      await ledger.close()
      const { size } = await stat(path)
      return { items: count, ...first, ...second, ...third, ledgerBytes: size / count }
    } finally {
      await providers.end()
      await rm(folder, { recursive: true, force: true })
    }
  }
}
