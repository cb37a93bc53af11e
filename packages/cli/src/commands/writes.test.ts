import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTestProgram, type TestHostOptions } from '../testing/host.ts'

const TERMINAL = { terminal: { columns: 80 }, env: { NO_COLOR: '1' } }

function createFilled() {
  const program = createTestProgram()
  program.emulator.chatbotkit.seed([
    {
      id: 'c1',
      name: 'Ana',
      phone: '+351 21 000 0000',
      meta: { plan: 'free', seats: 3 },
      fingerprint: 'user-1',
    },
  ])
  const { emulator } = program
  const at = (provider: string, [name = '', ...args]: readonly string[], options: TestHostOptions = {}) =>
    program.run([name, '--emulator', '--provider', provider, ...args], options)
  return {
    ...program,
    at,
    bot: (args: readonly string[], options?: TestHostOptions) => at('chatbotkit', args, options),
    /** The writes that were sent, and only these. */
    writes: () => emulator.chatbotkit.requests.filter(({ method }) => method !== 'GET').length,
    inFile(name: string, content: unknown) {
      writeFileSync(
        join(program.cwd, name),
        typeof content === 'string' ? content : JSON.stringify(content, null, 2),
      )
      return name
    },
  }
}

describe('create', () => {
  it('creates a contact of fields whose types are as for --where', async () => {
    const { bot } = createFilled()
    const fields = [
      'name=Ana Souza',
      'email=ana@example.com',
      'customFields.plan=pro',
      'customFields.seats=4',
    ]
    const more = ['customFields.code="007"', 'customFields.tags=["a","b"]', 'note=true']
    const { exitCode, stdout, stderr } = await bot([
      'create',
      ...[...fields, ...more].flatMap((one) => ['--set', one]),
    ])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'created',
      contact: {
        name: 'Ana Souza',
        email: 'ana@example.com',
        note: 'true',
        customFields: { plan: 'pro', seats: 4, code: '007', tags: ['a', 'b'] },
      },
    })
  })

  it('shows on a terminal what was made', async () => {
    const { bot } = createFilled()
    const { stdout, stderr } = await bot(['create', '--set', 'name=Bea'], TERMINAL)
    expect(stderr).toBe('Created.\n')
    expect(stdout).toMatch(/^provider +chatbotkit\nid +\S+\nexternalId +\S+\nname +Bea\n/)
  })

  it('takes a contact that was printed, of a file or of standard input, with --set over it', async () => {
    const { bot, at, inFile } = createFilled()
    const { stdout } = await bot(['get', 'c1'])
    const file = inFile('ana.json', JSON.parse(stdout))
    const copied = await at('cognipeer', ['create', '--input', file, '--set', 'customFields.plan=pro'])
    expect(JSON.parse(copied.stdout)).toMatchObject({
      contact: {
        provider: 'cognipeer',
        name: 'Ana',
        externalId: 'user-1',
        customFields: { plan: 'pro', seats: 3 },
      },
    })
    const piped = await at('contact-methods', ['create', '--input', '-'], {
      stdin: '{ "id": "client-1",\n "email": "ana@example.com" }',
    })
    expect(JSON.parse(piped.stdout)).toMatchObject({ contact: { id: 'client-1', email: 'ana@example.com' } })
  })

  it('refuses what cannot be written before anything is sent, with 2 and all that is wrong', async () => {
    const { bot, at, writes, emulator, inFile } = createFilled()
    for (const [args, message] of [
      [['create'], 'Say what to write'],
      [['create', '--set', 'name'], 'Write it as field=value.'],
      [['create', '--set', 'name='], '--unset name clears a field'],
      [['create', '--set', 'colour=red'], 'colour is not a field of a contact'],
      [['create', '--set', 'email=no', '--set', 'phone=x'], 'email'],
      [['create', '--set', 'name=A', '--set', 'name=B'], 'name is there twice'],
      [['create', '--set', 'customFields={"a":'], 'is to be JSON'],
      [['create', '--set', 'customFields.n={"id":12345678901234567890}'], 'id is a number with more digits'],
      [['create', '--input', 'no.json'], 'There is no file no.json'],
      [['create', '--input', inFile('list.json', '[1]')], 'list.json cannot be written'],
      [['create', '--input', inFile('bad.json', '{"name":')], 'is not JSON'],
    ] as const) {
      const { exitCode, stdout, stderr } = await bot(args)
      expect([args, exitCode, stdout]).toEqual([args, 2, ''])
      expect(stderr).toContain(message)
    }
    const { exitCode, stderr } = await bot(['create', '--set', 'tags=a,b'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('The provider chatbotkit cannot store tags; it can store externalId, name,')
    expect(writes()).toBe(0)
    expect(emulator.cognipeer.requests).toHaveLength(0)
    expect(
      (await at('cognipeer', ['create', '--set', 'name=T', '--set', 'tags=a, b,"c,d"'])).stdout,
    ).toContain('"tags":["a","b","c,d"]')
  })

  it('says what the provider has made otherwise', async () => {
    const { bot, emulator } = createFilled()
    const rewrite = (answer: unknown): unknown => ({ ...Object(answer), name: 'ANA SOUZA' })
    emulator.chatbotkit.faults.add({ method: 'GET', rewrite, times: 9 })
    const { exitCode, stdout, stderr } = await bot(['create', '--set', 'name=Ana Souza'])
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { contact: { name: 'ANA SOUZA' } }])
    expect(stderr).toMatch(/^Note: .*name.*\n$/)
    expect(stderr).not.toMatch(/souza/i)
  })

  it('says where to look when nobody knows whether it was written', async () => {
    const { bot, emulator } = createFilled()
    emulator.chatbotkit.faults.add({ method: 'POST', cut: 'answer', times: 9 })
    const { exitCode, stderr } = await bot(['create', '--set', 'name=Secretive'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('look for it with `anycontact find` or `list` before you create it again.')
    expect(stderr).not.toContain('Secretive')
  })
})

describe('update', () => {
  it('changes what differs, clears what is unset, and shows what was there before', async () => {
    const { bot } = createFilled()
    const args = [
      'update',
      'c1',
      '--set',
      'name=Ana Sousa',
      '--unset',
      'phone',
      '--set',
      'customFields.plan=pro',
    ]
    const before = await bot([...args, '--dry-run'], TERMINAL)
    const difference = [
      'name               Ana → Ana Sousa',
      'phone              +351 21 000 0000 → –',
      'customFields.plan  free → pro',
      '',
    ].join('\n')
    expect(before).toEqual({ exitCode: 0, stderr: 'Would be updated.\n', stdout: difference })
    expect(await bot(args, TERMINAL)).toEqual({ exitCode: 0, stderr: 'Updated.\n', stdout: difference })
    const now = JSON.parse((await bot(['get', 'c1'])).stdout)
    expect(now).toMatchObject({ name: 'Ana Sousa', customFields: { plan: 'pro', seats: 3 } })
    expect(now).not.toHaveProperty('phone')
  })

  it('writes nothing where nothing differs', async () => {
    const { bot, writes } = createFilled()
    const { stdout } = await bot(['update', 'c1', '--set', 'customFields.seats=3'])
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'unchanged', contact: { id: 'c1' } })
    expect(writes()).toBe(0)
  })

  it('gives programs the difference and the contact', async () => {
    const { bot } = createFilled()
    const { stdout } = await bot([
      'update',
      'externalId=user-1',
      '--scan',
      '--set',
      'nickname=an',
      '--unset',
      'customFields.plan',
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'updated',
      changes: [
        { field: 'nickname', after: 'an' },
        { field: 'customFields.plan', before: 'free' },
      ],
      contact: { nickname: 'an', customFields: { seats: 3 } },
    })
  })

  it('refuses to change an id, to set and unset one field, and a contact that is not there', async () => {
    const { bot, writes } = createFilled()
    expect((await bot(['update', 'c1', '--set', 'id=c2'])).exitCode).toBe(2)
    expect((await bot(['update', 'c1', '--set', 'name=A', '--unset', 'name'])).stderr).toContain(
      'set and unset at once',
    )
    expect((await bot(['update', 'nobody', '--set', 'name=A'])).exitCode).toBe(1)
    expect(writes()).toBe(0)
  })
})

describe('upsert', () => {
  it('creates, leaves alone and updates by a key, and foretells each', async () => {
    const { bot, writes } = createFilled()
    const run = async (name: string, ...more: string[]) => {
      const { stdout } = await bot([
        'upsert',
        '--by',
        'externalId',
        '--set',
        'externalId=u-9',
        '--set',
        `name=${name}`,
        ...more,
      ])
      return JSON.parse(stdout)
    }
    expect(await run('Bea', '--dry-run')).toEqual({
      outcome: 'created',
      dryRun: true,
      changes: [
        { field: 'externalId', after: 'u-9' },
        { field: 'name', after: 'Bea' },
      ],
    })
    expect(writes()).toBe(0)
    expect(await run('Bea')).toMatchObject({ outcome: 'created' })
    expect(await run('Bea', '--dry-run')).toMatchObject({ outcome: 'unchanged' })
    expect(await run('Bea')).toMatchObject({ outcome: 'unchanged' })
    expect(await run('Beatriz', '--dry-run')).toMatchObject({
      outcome: 'updated',
      changes: [{ field: 'name', before: 'Bea', after: 'Beatriz' }],
    })
    expect(await run('Beatriz')).toMatchObject({ outcome: 'updated', contact: { name: 'Beatriz' } })
  })

  it('needs a key that the provider has, and its value', async () => {
    const { bot } = createFilled()
    expect((await bot(['upsert', '--set', 'name=A'])).stderr).toContain("'--by <key>' not specified")
    expect((await bot(['upsert', '--by', 'email', '--set', 'email=a@example.com'])).stderr).toContain(
      'add --scan',
    )
    expect((await bot(['upsert', '--by', 'externalId', '--set', 'name=A'])).stderr).toContain(
      '--set externalId=…',
    )
  })
})

describe('delete', () => {
  it('shows the contact and asks on a terminal', async () => {
    const { bot } = createFilled()
    const no = await bot(['delete', 'c1'], { ...TERMINAL, answer: false })
    expect(no.exitCode).toBe(1)
    expect(no.stdout).toContain('name                Ana\n')
    expect(no.stderr).toBe('Nothing was deleted.\n')
    expect((await bot(['count'])).stdout).toBe('1\n')
    const yes = await bot(['delete', 'c1'], { ...TERMINAL, answer: true })
    expect([yes.exitCode, yes.stderr]).toEqual([0, 'Deleted.\n'])
    expect((await bot(['count'])).stdout).toBe('0\n')
  })

  it('refuses in a pipe where nobody has said yes, and asks for nothing before', async () => {
    const { bot, emulator } = createFilled()
    const { exitCode, stderr } = await bot(['delete', 'c1'])
    expect([exitCode, stderr]).toEqual([2, 'Error: Nobody can be asked here whether to delete: add --yes.\n'])
    expect(emulator.chatbotkit.requests).toHaveLength(0)
    const planned = await bot(['delete', 'c1', '--dry-run'])
    expect(JSON.parse(planned.stdout)).toMatchObject({
      outcome: 'deleted',
      dryRun: true,
      contact: { id: 'c1' },
    })
    expect((await bot(['count'])).stdout).toBe('1\n')
    expect(JSON.parse((await bot(['delete', 'c1', '--yes'])).stdout)).toMatchObject({
      outcome: 'deleted',
      contact: { name: 'Ana' },
    })
    expect((await bot(['count'])).stdout).toBe('0\n')
  })

  it('is not there where the provider has none', async () => {
    const { at } = createFilled()
    const { exitCode, stderr } = await at('cognipeer', ['delete', 'x', '--yes'])
    expect([exitCode, stderr]).toEqual([
      2,
      'Error: The provider cognipeer cannot delete contacts. `anycontact providers` shows what each can do.\n',
    ])
  })
})
