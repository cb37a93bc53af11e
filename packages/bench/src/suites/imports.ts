import { measure } from '../measure/programs.ts'
import { figure, fixed, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import { installPeers } from './peers.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const PROGRAMS = {
  nothing: 'a module of Node itself',
  ofetch: 'ofetch',
  valibot: 'valibot',
  chatbotkitSdk: '`@chatbotkit/sdk/contact`',
  hubspotSdk: '`@hubspot/api-client`',
  chatbotkitApi: '`@anycontact/chatbotkit/api`',
  cognipeerApi: '`@anycontact/cognipeer/api`',
  channelInboxApi: '`@anycontact/channel-inbox/api`',
  contactMethodsApi: '`@anycontact/contact-methods/api`',
  chatbotkit: '**`@anycontact/chatbotkit`**',
  cognipeer: '**`@anycontact/cognipeer`**',
  channelInbox: '**`@anycontact/channel-inbox`**',
  contactMethods: '**`@anycontact/contact-methods`**',
  memory: '**`@anycontact/memory`**',
} as const

/** A round is cheap here, and starting up varies more than running does. */
const ROUNDS_EACH = 2

/** The first import of a process: what a command or a serverless function waits for before it begins. */
async function imports({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  const modules = await installPeers()
  const rows = Object.entries(PROGRAMS).filter(
    ([program]) => modules !== undefined || program !== 'hubspotSdk',
  )
  const programs = rows.map(([program]) => [program, { module: 'imports', program, environment: {} }])
  const samples = await measure<keyof typeof PROGRAMS>(Object.fromEntries(programs), rounds * ROUNDS_EACH)
  return [
    {
      id: 'imports',
      head: ['first import', 'time, ms', 'CPU, ms', 'memory of the process, MiB'],
      rows: rows.map(([program, label]) => {
        const of = samples[program as keyof typeof PROGRAMS]
        const cells = [withRange(figure(of, 'wallMs')), withRange(figure(of, 'cpuMs'))]
        return [label, ...cells, fixed(figure(of, 'peakMiB').median, 0)]
      }),
      note: `Medians of ${rounds * ROUNDS_EACH}, with the least and the most, over what Node itself takes to start.`,
    },
  ]
}

export const importsSuite: Suite = { name: 'imports', tables: ['imports'], run: imports }
