import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHATBOTKIT_SECRET, COGNIPEER_HOOK_ID, COGNIPEER_TOKEN } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { Stopped } from '../host.ts'
import { createTestProgram, type TestHostOptions } from '../testing/host.ts'

const ENV = { CHATBOTKIT_SECRET, COGNIPEER_TOKEN, COGNIPEER_HOOK_ID, NO_COLOR: '1' }
const TERMINAL = { terminal: { columns: 100 } }

const NIGHTLY = { source: 'crm', target: 'bot', by: 'externalId', lost: ['tags', 'status'] }

function createSynced(sync: Readonly<Record<string, unknown>> = {}, contacts = 3, more = {}) {
  const program = createTestProgram()
  const { emulator, cwd, run } = program
  writeFileSync(
    join(cwd, 'anycontact.config.json'),
    JSON.stringify({
      providers: {
        crm: { adapter: 'cognipeer', baseUrl: 'http://emulator.test/v1' },
        bot: { adapter: 'chatbotkit', baseUrl: 'http://emulator.test' },
      },
      syncs: { nightly: { ...NIGHTLY, ...sync } },
      ...more,
    }),
  )
  emulator.cognipeer.seed(
    Array.from({ length: contacts }, (_, index) => ({
      name: `Contact ${index}`,
      email: `c${index}@example.com`,
      integrationId: `u-${index}`,
      tags: index === 0 ? ['vip'] : [],
    })),
  )
  const at = (args: readonly string[], options: TestHostOptions = {}) =>
    run(args, { ...options, env: { ...ENV, ...options.env } })
  const json = async (args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await at(args)
    const lines = stdout.trimEnd().split('\n')
    return { exitCode, stderr, lines: lines[0] === '' ? [] : lines.map((line) => JSON.parse(line)) }
  }
  return { ...program, at, json }
}

describe('sync', () => {
  it('tells in a dry run what it would do, does it, and writes nothing the second time', async () => {
    const { at, emulator } = createSynced()
    const planned = await at(['sync', '--dry-run'], TERMINAL)
    expect(planned).toEqual({
      exitCode: 0,
      stderr: expect.any(String),
      stdout: [
        'nightly: crm to bot',
        'created    3',
        'updated    0',
        'unchanged  0',
        'Left out: tags of 1 contact.',
        '',
        '  created at bot: u-0',
        '  created at bot: u-1',
        '  created at bot: u-2',
        'Nothing was written.',
        '',
      ].join('\n'),
    })
    expect(emulator.chatbotkit.requests.every(({ method }) => method === 'GET')).toBe(true)
    const done = await at(['sync', 'nightly'], TERMINAL)
    expect([done.exitCode, done.stdout]).toEqual([
      0,
      'nightly: crm to bot\ncreated    3\nupdated    0\nunchanged  0\nLeft out: tags of 1 contact.\n',
    ])
    expect((await at(['count', '--provider', 'bot'])).stdout).toBe('3\n')
    await at(['update', 'externalId=u-1', '--provider', 'crm', '--set', 'name=Renamed'])
    const again = await at(['sync', '--dry-run'], TERMINAL)
    expect(again.stdout).toContain('updated at bot: u-1: name Contact 1 → Renamed\n')
  })

  it('shows how far it is in words', async () => {
    const { at } = createSynced()
    const { stderr } = await at(['sync'], TERMINAL)
    expect(stderr).toContain('Reading bot')
    expect(stderr.endsWith('\u001b[2K')).toBe(true)
  })

  it('gives programs the report, keeps the ledger for its owner, and ends with 1 where contacts failed', async () => {
    const { json, cwd, emulator } = createSynced()
    emulator.chatbotkit.faults.add({ method: 'POST', status: 400, body: { message: 'No.' } })
    const { exitCode, lines } = await json(['sync'])
    expect(exitCode).toBe(1)
    expect(lines).toMatchObject([
      { sync: 'nightly', created: 2, failed: 1, problems: [{ kind: 'failed', code: 'invalid_input' }] },
    ])
    expect(statSync(join(cwd, '.anycontact/ledger.db')).mode & 0o777).toBe(0o600)
    expect(statSync(join(cwd, '.anycontact')).mode & 0o777).toBe(0o700)
    expect(await json(['sync'])).toMatchObject({
      exitCode: 0,
      lines: [{ created: 1, unchanged: 2, problems: [] }],
    })
  })

  it('says what could not be read, and ends with 1', async () => {
    const crm = { adapter: 'cognipeer', baseUrl: 'http://emulator.test/v1', onInvalid: 'skip' }
    const bot = { adapter: 'chatbotkit', baseUrl: 'http://emulator.test' }
    const { at, emulator } = createSynced({}, 3, { providers: { crm, bot } })
    emulator.cognipeer.faults.add({ malformed: { index: 1, record: () => ({}) } })
    const { exitCode, stdout } = await at(['sync'], TERMINAL)
    expect(stdout).toContain('created    2\n')
    expect(stdout).toContain('1 record of crm could not be read.\n')
    expect(exitCode).toBe(1)
  })

  it('shows ten of many problems, and all with --verbose', async () => {
    const { at, emulator } = createSynced({}, 12)
    emulator.chatbotkit.faults.add({ method: 'POST', status: 400, times: 100 })
    const { stdout, exitCode } = await at(['sync'], TERMINAL)
    expect(exitCode).toBe(1)
    expect(stdout.match(/^ {2}u-\d+: /gm)).toHaveLength(10)
    expect(stdout).toContain('  and 2 more; --verbose shows all.\n')
    const all = await at(['sync', '--verbose'], TERMINAL)
    expect(all.stdout.match(/^ {2}u-\d+: /gm)).toHaveLength(12)
  })

  it('stops by Ctrl-C with 130, says how to go on, and goes on', async () => {
    const { at, stop, json, emulator } = createSynced({}, 30)
    const fetch = emulator.chatbotkit.requests
    let isStopped = false
    const { exitCode, stderr } = await at(['sync'], {
      onRequest: () => {
        if (isStopped || fetch.filter(({ method }) => method === 'POST').length < 5) return
        isStopped = true
        stop.abort(new Stopped('SIGINT'))
      },
    })
    expect(exitCode).toBe(130)
    expect(stderr).toBe(
      'Stopped by Ctrl-C. What was done is kept: `anycontact sync nightly` goes on from there.\n',
    )
    const { lines } = await json(['sync'])
    expect(lines).toMatchObject([{ resumes: 1, failed: 0 }])
    expect((await at(['count', '--provider', 'bot'])).stdout).toBe('30\n')
    expect(emulator.chatbotkit.audit().doubled).toEqual([])
  })

  it('is not run twice at once, and says who runs it', async () => {
    const { at } = createSynced()
    let second: ReturnType<typeof at> | undefined
    const first = await at(['sync'], {
      onRequest: async () => {
        second ??= at(['sync'])
        await second
      },
    })
    expect(first.exitCode).toBe(0)
    const { exitCode, stdout, stderr } = (await second) ?? first
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /^Error: The sync "nightly" is being run by process \d+ .*Wait for it to end, or stop it/,
    )
  })

  it('asks before it deletes many, in plain words', async () => {
    const { at, json } = createSynced(
      { source: 'bot', target: 'crm', lost: ['nickname', 'note', 'verifiedAt'], deletions: 'keep' },
      0,
    )
    expect((await json(['sync'])).exitCode).toBe(0)
    expect((await at(['sync', '--max-deletions', '2'])).exitCode).toBe(2)
    const mirrored = createSynced({ deletions: 'mirror' }, 4)
    await mirrored.json(['sync'])
    mirrored.emulator.cognipeer.reset()
    const refused = await mirrored.at(['sync'])
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toContain(
      'Error: 4 contacts of 4 would be deleted, because they are gone from the other side',
    )
    expect(refused.stderr).toContain('add --max-deletions 1.')
    expect((await mirrored.json(['sync', '--max-deletions', '100%'])).lines).toMatchObject([{ deleted: 4 }])
  })

  it('refuses a definition that cannot be carried out, with 2 and what is wrong', async () => {
    for (const [sync, message] of [
      [{ lost: ['tags'] }, 'status'],
      [{ by: 'colour' }, 'by must be one of'],
      [{ drection: 'both' }, 'drection'],
      [{ name: 'other' }, 'Its name is nightly'],
    ] as const) {
      const { at } = createSynced(sync)
      const { exitCode, stdout, stderr } = await at(['sync'])
      expect([sync, exitCode, stdout]).toEqual([sync, 2, ''])
      expect(stderr).toContain(message)
    }
  })

  it('asks what is to be done where the definition has changed', async () => {
    const { json, cwd, at } = createSynced()
    await json(['sync'])
    const ledger = join(cwd, '.anycontact/ledger.db')
    const changed = createSynced({ lost: ['tags', 'status', 'phone'] }, 3, { ledger })
    const asked = await changed.at(['sync'])
    expect([asked.exitCode, asked.stdout]).toEqual([2, ''])
    expect(asked.stderr).toContain('ran before with another definition')
    expect(asked.stderr).toContain('--changed-definition continue')
    expect((await changed.at(['sync', '--changed-definition', 'restart'])).exitCode).toBe(0)
    expect((await at(['sync', 'other'])).stderr).toContain('There is no sync other; there is nightly.')
  })
})

describe('conflicts', () => {
  it('lists what changed on both sides, and has it decided', async () => {
    const { at, json } = createSynced({
      direction: 'both',
      lost: ['tags', 'status', 'nickname', 'note', 'verifiedAt'],
    })
    expect((await json(['sync'])).lines).toMatchObject([{ created: 3 }])
    expect((await at(['conflicts'], TERMINAL)).stderr).toBe('Nothing waits for a decision in nightly.\n')
    await at(['update', 'externalId=u-0', '--provider', 'crm', '--set', 'name=At the CRM'])
    await at(['update', 'externalId=u-0', '--provider', 'bot', '--scan', '--set', 'name=At the bot'])
    const run = await at(['sync'], TERMINAL)
    expect(run.stdout).toContain(
      '1 field changed on both sides: `anycontact conflicts nightly` lists and decides them.',
    )
    const [conflict] = (await json(['conflicts'])).lines
    expect(conflict).toMatchObject({ key: 'u-0', field: 'name', source: 'At the CRM', target: 'At the bot' })
    const { stdout } = await at(['conflicts'], TERMINAL)
    expect(stdout).toMatch(/^id +contact +field +crm +bot +decided$/m)
    expect((await at(['conflicts', '--resolve', conflict.id])).exitCode).toBe(2)
    expect((await at(['conflicts', '--resolve', 'nothing', '--take', 'source'])).exitCode).toBe(2)
    expect((await at(['conflicts', '--resolve', conflict.id, '--value', 'Both'])).stderr).toContain(
      'Decided: 1 conflict.',
    )
    expect((await at(['conflicts'], TERMINAL)).stdout).toContain('value Both')
    expect((await at(['conflicts', '--resolve', 'all', '--take', 'target'])).exitCode).toBe(0)
    await at(['sync'])
    const { stdout: contact } = await at(['get', 'externalId=u-0', '--provider', 'crm'])
    expect(JSON.parse(contact)).toMatchObject({ name: 'At the bot' })
  })
})

describe('verify', () => {
  it('says whether both sides agree, and keeps a certificate', async () => {
    const { at, json, cwd } = createSynced()
    await json(['sync'])
    const agreed = await at(['verify', '--certificate', 'certificate.json'], TERMINAL)
    expect([agreed.exitCode, agreed.stdout]).toEqual([
      0,
      'nightly: both sides agree.\ncontacts of crm  3\ncontacts of bot  3\nthe same         3\ndifferent        0\nkept of tags     0 of 1\n',
    ])
    const certificate = JSON.parse(readFileSync(join(cwd, 'certificate.json'), 'utf8'))
    expect(certificate).toMatchObject({ format: 'anycontact-sync-certificate', agrees: true })
    expect(statSync(join(cwd, 'certificate.json')).mode & 0o777).toBe(0o600)
    await at(['update', 'externalId=u-0', '--provider', 'bot', '--scan', '--set', 'name=Other'])
    const differing = await at(['verify'], TERMINAL)
    expect(differing.exitCode).toBe(1)
    expect(differing.stdout).toContain('nightly: the sides differ.\n')
    expect(differing.stdout).toMatch(/^ {2}crm \S+ and bot \S+: differs in name$/m)
    const [summary] = (await json(['verify'])).lines
    expect(summary).toMatchObject({ agrees: false, pairs: { differing: 1 } })
    expect(summary).not.toHaveProperty('buckets')
    expect((await json(['verify', '--certificate', '-'])).lines).toMatchObject([
      { digest: expect.any(String) },
    ])
  })
})

describe('duplicates', () => {
  it('lists groups with their reasons', async () => {
    const { at, json, emulator } = createSynced()
    emulator.chatbotkit.seed([
      { id: 'a', name: 'Ana Souza', email: 'ana@example.com' },
      { id: 'b', name: 'Ana S.', email: 'ANA@example.com' },
      { id: 'c', name: 'Bea', email: 'bea@example.com' },
    ])
    const { stdout, stderr, exitCode } = await at(['duplicates', '--provider', 'bot'], TERMINAL)
    expect(exitCode).toBe(0)
    expect(stdout).toBe(
      'The same email: ana@example.com\n  a  Ana Souza  ana@example.com\n  b  Ana S.     ANA@example.com\n\n',
    )
    expect(stderr).toContain('1 group of 3 contacts.\n')
    const { lines } = await json(['duplicates', '--provider', 'bot', '--by', 'email,name'])
    expect(lines).toMatchObject([{ contacts: [{ id: 'a' }, { id: 'b' }] }])
    expect((await at(['duplicates', '--provider', 'bot', '--by', 'colour'])).exitCode).toBe(2)
  })
})
