import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createTestClock } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { createImport, passWaits, rows } from '../testing/import.ts'

describe('import of a file that cannot be read as it is', () => {
  it.each([
    [
      'Vorname;Nachname\nAna;Souza\n',
      [],
      "leads.csv cannot be read so: no column has the name of a contact field: say where they go: --map 'E-Mail-Adresse=email'",
    ],
    [
      'mail,name\na@example.com,x\n',
      ['--by', 'externalId'],
      "name the column: --map 'Customer no=externalId'",
    ],
    ['email,E-mail\na@example.com,b@example.com\n', [], "say which it is: --map 'Header=field'"],
    [
      'email\na@example.com\n',
      ['--map', 'Phone=phone'],
      '--map or --ignore "Phone" is no header of this file, which has email',
    ],
    ['email\na@example.com\n', ['--map', 'email=mail'], 'mail is no field'],
    ['email\na@example.com\n', ['--delimiter', '|'], 'It must be a comma, a semicolon or tab.'],
    ['email\na@example.com\n', ['--encoding', 'latin-42'], 'encoding is not the label of an encoding'],
    ['', [], 'it is empty'],
  ])('%j %j: %s', async (text, more, words) => {
    const { toBots, emulator } = createImport(text)
    const { exitCode, stderr } = await toBots(more)
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/`columns`|readCsv/)
    expect(exitCode).toBe(2)
    expect(emulator.chatbotkit.requests).toHaveLength(0)
  })

  it('has columns that are left out, called so, and further numbers that the provider keeps', async () => {
    const text = 'externalId,Phone,Work Phone,Salary\nuser-1,+14155552671,+442079460958,1\n'
    const { run } = createImport(text)
    const args = ['import', 'leads.csv', '--emulator', '--to', 'contact-methods', '--by', 'externalId']
    const options = { terminal: { columns: 160 }, env: { TERM: 'dumb' } }
    expect((await run([...args, '--dry-run'], options)).stderr).toContain(
      'no place for custom fields (column Salary)',
    )
    const left = [...args, '--ignore', 'Salary']
    expect((await run([...left, '--dry-run'], options)).stdout).toMatch(/^Salary +left out: as asked$/m)
    expect(await run(left)).toMatchObject({ exitCode: 0 })
    const { stdout } = await run([
      'list',
      '--emulator',
      '--provider',
      'contact-methods',
      '--columns',
      'contactMethods',
    ])
    expect(stdout).toContain('+442079460958')
  })

  it('is told by its name or by --format, and must be there', async () => {
    const { toBots, write } = createImport('email\na@example.com\n')
    write('{"email":"a@example.com"}\n', 'leads')
    expect((await toBots([], 'leads')).stderr).toContain('add --format csv')
    expect((await toBots(['--format', 'ndjson'], 'leads')).exitCode).toBe(0)
    expect(await toBots([], 'none.csv')).toMatchObject({
      exitCode: 2,
      stderr: 'Error: There is no file none.csv.\n',
    })
    expect(await toBots(['--format', 'csv'], '.')).toMatchObject({
      exitCode: 2,
      stderr: 'Error: . is a folder: an import reads a file, and more than once.\n',
    })
    expect((await toBots([], '.', { env: {} })).exitCode).toBe(2)
  })

  it('is one file, by whatever name: an import that is under way by one is not begun by another', async () => {
    const { toBots, chatbotkit, emulator, file, clock } = createImport(rows(40))
    symlinkSync('leads.csv', file('alias.csv'))
    chatbotkit.faults.add({ path: '/create', skip: 20, stall: 'answer', times: Number.POSITIVE_INFINITY })
    void toBots([], 'leads.csv', { clock: createTestClock() })
    await expect.poll(() => emulator.audit().writes).toBeGreaterThan(20)
    chatbotkit.faults.clear()
    expect(await toBots([], 'alias.csv')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('alias.csv is being imported into chatbotkit already'),
    })
    await clock.advance(61_000)
    const { exitCode, stdout } = await toBots([], 'alias.csv', { onStderr: passWaits(clock) })
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('40 rows')])
    expect(emulator.audit()).toMatchObject({ writes: 40, doubled: [] })
  })

  it.each([
    [['--map', 'name=note', '--map', 'name=nickname'], 'name is there twice'],
    [['--map', 'name=note', '--ignore', 'name'], '--ignore name and --map name=…'],
  ])('is asked for one thing of a column: %j', async (more, said) => {
    const { toBots, emulator } = createImport(rows(1))
    expect(await toBots(more)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(said) })
    expect(emulator.audit().writes).toBe(0)
  })

  it('is read in its own encoding, and the rows that are not in it are refused', async () => {
    const { toBots, file, chatbotkit, write } = createImport('')
    write(Buffer.from('email,name\nana@example.com,Jos\xe9\n', 'latin1'))
    const { stdout } = await toBots()
    expect(stdout).toContain(
      'line 2: holds bytes that are no utf-8: name its encoding: --encoding windows-1252\n',
    )
    expect(existsSync(file('leads.refused.csv'))).toBe(true)
    expect((await toBots(['--encoding', 'windows-1252'])).exitCode).toBe(0)
    expect(chatbotkit.contacts).toMatchObject([{ name: 'José' }])
    expect(existsSync(file('leads.refused.csv'))).toBe(false)
  })

  it('has its refused lines and cards written back, in their own form', async () => {
    const { toBots, file, write } = createImport('{"email":"ana"}\n{"email":"b@example.com"}\n', 'a.ndjson')
    expect((await toBots([], 'a.ndjson')).stdout).toContain('1 created, 0 updated, 0 unchanged, 1 refused')
    expect(readFileSync(file('a.refused.ndjson'), 'utf8')).toMatch(
      /^\{"importError":"line 1: .*"email":"ana"\}\n$/,
    )
    write('BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nEND:VCARD\n', 'a.vcf')
    await toBots([], 'a.vcf')
    expect(readFileSync(file('a.refused.vcf'), 'utf8')).toContain('X-ANYCONTACT-ERROR:line 1: ')
    write('{"email":"ana@example.com"}\n', 'a.ndjson')
    expect((await toBots([], 'a.ndjson')).exitCode).toBe(0)
    expect(existsSync(file('a.refused.ndjson'))).toBe(false)
  })
})

describe('import of what the provider cannot hold', () => {
  it('names the columns, and what to do, before anything is sent', async () => {
    const { toBots, emulator, chatbotkit } = createImport(
      'email,Labels,First Name\nana@example.com,"a, b",Ana\n',
    )
    const { exitCode, stderr } = await toBots()
    expect(exitCode).toBe(2)
    expect(stderr).toBe(
      "Error: chatbotkit has no place for tags (column Labels) and givenName (column First Name). Leave them out: --drop tags --drop givenName, or keep one as a custom field: --map 'Labels=customFields.tags'.\n",
    )
    expect(emulator.audit().writes).toBe(0)
    const { exitCode: done, stdout } = await toBots([
      '--drop',
      'tags',
      '--map',
      'First Name=customFields.first',
    ])
    expect([done, stdout]).toEqual([0, expect.stringContaining('Left out: tags (1 row).')])
    expect(chatbotkit.contacts).toMatchObject([{ email: 'ana@example.com', meta: { first: 'Ana' } }])
  })

  it('keeps a field of a file without columns as a custom field', async () => {
    const card =
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nN:Souza;Ana;;;\r\nEMAIL:ana@example.com\r\nEND:VCARD\r\n'
    const { toBots, chatbotkit } = createImport(card, 'leads.vcf')
    expect((await toBots()).stderr).toContain(
      "--drop familyName --drop givenName, or keep one as a custom field: --map 'familyName=customFields.familyName'.",
    )
    const mapped = ['--map', 'familyName=customFields.last', '--drop', 'givenName']
    expect((await toBots(mapped)).exitCode).toBe(0)
    expect(chatbotkit.contacts).toMatchObject([{ name: 'Ana', meta: { last: 'Souza' } }])
    expect(await toBots(['--map', 'Surname=note'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Surname is no field that can be placed'),
    })
    expect((await toBots(['--ignore', 'FN'])).stderr).toContain('--ignore is for CSV')
  })

  it.each([
    ['chatbotkit', 'email', 3],
    ['chatbotkit', 'phone', 3],
    ['chatbotkit', 'externalId', 3],
    ['cognipeer', 'email', 3],
    ['cognipeer', 'externalId', 3],
    ['channel-inbox', 'email', 3],
    ['channel-inbox', 'phone', 3],
    ['contact-methods', 'externalId', 3],
  ])('imports into %s by %s, and again without a write', async (to, by, count) => {
    const lines = Array.from({ length: count }, (_, i) => `user-${i},u${i}@example.com,+1415555267${i}`)
    const { run, emulator } = createImport(['externalId,email,phone', ...lines].join('\n'))
    const drop = to === 'channel-inbox'
    const args = ['import', 'leads.csv', '--emulator', '--to', to, '--by', by]
    const all = drop ? [...args, '--drop', 'externalId'] : args
    const first = await run(all)
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`"created":${count}`) })
    const { writes } = emulator.audit()
    expect(await run(all)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`"unchanged":${count}`),
    })
    expect(emulator.audit()).toMatchObject({ writes, doubled: [] })
    expect((await run(['count', '--emulator', '--provider', to])).stdout).toContain(String(count))
  })

  it('imports everything into a provider that has every field', async () => {
    const text =
      'externalId,name,email,Work Email,Mobile,Labels,Plan\nu-1,Ana,ana@example.com,a@work.example,+14155552671,"[""a""]",pro\n'
    const { run, write } = createImport(text)
    write(JSON.stringify({ providers: { store: { adapter: 'memory' } } }), 'anycontact.config.json')
    const { exitCode, stdout } = await run(['import', 'leads.csv', '--by', 'externalId', '--dry-run'])
    expect(exitCode).toBe(0)
    expect(
      JSON.parse(stdout)
        .planned[0].changes.map(({ field }: { field: string }) => field)
        .sort(),
    ).toEqual(['contactMethods', 'customFields.Plan', 'name', 'tags'])
  })

  it('says that a provider takes no contact without an id', async () => {
    const { run } = createImport('email\nana@example.com\n')
    const args = ['import', 'leads.csv', '--emulator', '--to', 'contact-methods', '--by', 'email']
    expect(await run(args)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('makes no contact without an id of yours'),
    })
  })

  it('says which keys there are', async () => {
    const { run } = createImport('id,email\n1,ana@example.com\n')
    const { stderr } = await run(['import', 'leads.csv', '--emulator', '--to', 'chatbotkit', '--by', 'id'])
    expect(stderr).toContain('--by id cannot be used: chatbotkit does not store contacts and find them by it')
  })
})
