import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { chatbotkit } from '@anycontact/chatbotkit'
import { importContacts, readCsv, refusedCsv } from '@anycontact/formats'

const contacts = chatbotkit({ secret: process.env.CHATBOTKIT_SECRET ?? '' })
const rows = readCsv(createReadStream('contacts.csv'), { by: 'externalId' })
const report = await importContacts(rows, (items) => contacts.upsertMany(items, { by: 'externalId' }))

console.log(`${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged`)
for (const { line, error } of report.failures) console.error(`line ${line}: ${error.message}`)
if (report.failures.length > 0) await writeFile('refused.csv', refusedCsv(report))
if (report.endedBy) throw report.endedBy
