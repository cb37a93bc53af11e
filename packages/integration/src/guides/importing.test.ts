import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chatbotkit } from '@anycontact/chatbotkit'
import { CHATBOTKIT_SECRET, createEmulator } from '@anycontact/emulator'
import { readCsv } from '@anycontact/formats'
import { afterAll, expect, it, vi } from 'vitest'
import { blocksOf, programSource } from './blocks.ts'

const folder = await mkdtemp(join(tmpdir(), 'importing-'))
const before = process.cwd()

afterAll(async () => {
  process.chdir(before)
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

it('is the program of the guide', () => {
  expect(blocksOf('importing')[0]).toBe(programSource('importing.ts'))
})

it('imports a file, tells by line what failed, and writes what failed to be imported again', async () => {
  const { chatbotkit: server } = createEmulator()
  vi.stubGlobal('fetch', server.fetch)
  vi.stubEnv('CHATBOTKIT_SECRET', CHATBOTKIT_SECRET)
  const log = vi.spyOn(console, 'log').mockReturnValue()
  const failed = vi.spyOn(console, 'error').mockReturnValue()
  const file = [
    'External ID;Name;E-mail;Phone;Plan;Language',
    'crm-customer-000001;Ana Souza;ana@example.com;+351 912 345 678;pro;',
    'crm-customer-000002;Ben;no address;;;',
    'crm-customer-000005;Eva;eva@example.com;;free;pt',
    'crm-customer-000001;Ana;;;;',
    'crm-customer-000003;Zoe;zoe@example.com;4,47E+11;;',
    '"crm-customer-000004";"Joe\r\nof two lines";;;;',
    '',
  ].join('\r\n')
  process.chdir(folder)
  await writeFile('contacts.csv', `\uFEFF${file}`)

  await import('./importing.ts')

  expect(log.mock.calls).toEqual([['2 created, 0 updated, 0 unchanged']])
  expect(failed.mock.calls.map(([line]) => line)).toEqual([
    'line 3: The row cannot be imported: email must look like an email address.',
    expect.stringMatching(/^line 4: .*locale/),
    expect.stringMatching(/^line 5: The row is left out: its externalId is the same as in line 2/),
    expect.stringMatching(/^line 6: The row cannot be imported: phone is a long number/),
  ])
  const contacts = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: server.fetch })
  const stored = await contacts.list().toArray()
  expect(stored.map(({ name, customFields }) => [name, customFields])).toEqual(
    expect.arrayContaining([['Ana Souza', { Plan: 'pro' }]]),
  )
  const refused = await readFile('refused.csv', 'utf8')
  const mended = refused.replace('no address', 'ben@example.com').replace('4,47E+11', '+447911123456')
  const again = []
  for await (const { contact, error } of readCsv(mended, { by: 'externalId' })) again.push(contact ?? error)
  expect(again).toMatchObject([
    { name: 'Ben', email: 'ben@example.com' },
    { name: 'Eva', locale: 'pt' },
    { name: 'Ana' },
    { name: 'Zoe', phone: '+447911123456' },
  ])
})
