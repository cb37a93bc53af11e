import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { defineSync, runSync, sqliteLedger } from '@anycontact/sync'

const sync = defineSync({
  name: 'cognipeer-to-chatbotkit',
  source: cognipeer({ token: 'pat_emulator', hookId: 'emulatorhook', baseUrl: 'http://127.0.0.1:4010/v1' }),
  target: chatbotkit({ secret: 'sk-emulator', baseUrl: 'http://127.0.0.1:4010' }),
  by: 'externalId',
  fields: { status: 'customFields.status' },
  lost: ['tags'],
})

await using ledger = sqliteLedger('contacts.db')
console.log(await runSync(sync, { ledger }))
