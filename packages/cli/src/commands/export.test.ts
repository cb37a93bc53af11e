import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCsv } from '@anycontact/formats'
import { describe, expect, it } from 'vitest'
import { Stopped } from '../host.ts'
import { createTestProgram } from '../testing/host.ts'

function createFilled(count = 250) {
  const program = createTestProgram()
  program.emulator.cognipeer.seed(
    Array.from({ length: count }, (_, i) => ({
      name: `Name ${i}`,
      email: `u${i}@example.com`,
      properties: { plan: i % 2 === 0 ? 'pro' : 'free' },
    })),
  )
  const file = (name: string): string => join(program.cwd, name)
  return { ...program, file, all: ['export', '--emulator', '--from', 'cognipeer'] }
}

describe('export', () => {
  it('writes a file that its owner alone can read, in the format of its ending, which reads back', async () => {
    const { run, file, all } = createFilled()
    const { exitCode, stdout, stderr } = await run([...all, '-o', 'all.csv'])
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Exported 250 contacts from cognipeer to all.csv.\n',
    })
    expect(statSync(file('all.csv')).mode & 0o777).toBe(0o600)
    const errors: unknown[] = []
    for await (const { error } of readCsv(readFileSync(file('all.csv')))) errors.push(error)
    expect(errors).toEqual(Array.from({ length: 250 }))
    expect(readdirSync(file('.'))).toEqual(['all.csv'])
  })

  it('writes NDJSON to a pipe, with columns and conditions, and what it says elsewhere', async () => {
    const { run, all } = createFilled()
    const { stdout, stderr } = await run([
      ...all,
      '--where',
      'customFields.plan=pro',
      '--columns',
      'name,email',
    ])
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(125)
    expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual(['name', 'email'])
    expect(stderr).toBe('Exported 125 contacts from cognipeer.\n')
  })

  it('leaves no part of a file where the listing fails, and the file of before as it was', async () => {
    const { run, emulator, file, all } = createFilled()
    writeFileSync(file('all.csv'), 'before')
    emulator.cognipeer.faults.add({ path: /list/, skip: 2, status: 400, times: Number.POSITIVE_INFINITY })
    const { exitCode, stderr } = await run([...all, '-o', 'all.csv'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /^Error: .*\. 198 contacts had come, and there may be more; all\.csv was not written\.\n$/,
    )
    expect(readFileSync(file('all.csv'), 'utf8')).toBe('before')
    expect(readdirSync(file('.'))).toEqual(['all.csv'])
  })

  it('says how many came where it fails in a pipe, or is stopped', async () => {
    const { run, emulator, stop, all } = createFilled()
    emulator.cognipeer.faults.add({ path: /list/, skip: 2, status: 400, times: Number.POSITIVE_INFINITY })
    const failed = await run(all)
    const printed = failed.stdout.trimEnd().split('\n').length
    expect(failed.exitCode).toBe(1)
    expect(printed).toBeGreaterThan(0)
    expect(failed.stderr).toContain(`. Not whole: ${printed} contacts had come, and there may be more.\n`)
    emulator.cognipeer.faults.clear()
    stop.abort(new Stopped('SIGINT'))
    expect(await run(all)).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: 'Stopped by Ctrl-C. Not whole: 0 contacts had come, and there may be more.\n',
    })
  })

  it('ends with 1 where the listing came to its end and may lack contacts', async () => {
    const { run, emulator, all } = createFilled()
    emulator.cognipeer.faults.add({
      path: /list/,
      times: Number.POSITIVE_INFINITY,
      rewrite: (answer) => ({ ...Object(answer), totalCount: 300, total: 300 }),
    })
    const { exitCode, stderr } = await run(all)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('Not whole: 250 contacts came, and cognipeer may have more')
  })

  it('refuses what does not fit before anything is asked for, with 2', async () => {
    const { run, emulator, all } = createFilled()
    for (const [args, message] of [
      [['-o', 'all.xlsx'], 'does not tell how it is to be written'],
      [['-o', 'none/all.csv'], 'its folder is not there'],
      [['-o', '.', '--format', 'csv'], 'is a folder'],
      [['--format', 'vcard', '--columns', 'name'], 'A vCard has no columns'],
      [['--format', 'csv', '--vcard-version', '3.0'], '--vcard-version is for vCards'],
    ] as const) {
      const { exitCode, stdout, stderr } = await run([...all, ...args])
      expect([exitCode, stdout]).toEqual([2, ''])
      expect(stderr).toContain(message)
    }
    expect(emulator.cognipeer.requests).toHaveLength(0)
  })
})

describe('export to vCards', () => {
  it('is read back by import, and says what cards have no place for', async () => {
    const { run, file, all, emulator } = createFilled(3)
    const { stderr } = await run([...all, '-o', 'all.vcf', '--vcard-version', '4.0'])
    expect(stderr).toBe(
      'Not in the vCards: createdAt (3 contacts).\nExported 3 contacts from cognipeer to all.vcf.\n',
    )
    expect(readFileSync(file('all.vcf'), 'utf8').match(/VERSION:4\.0/g)).toHaveLength(3)
    const { writes } = emulator.audit()
    const again = await run(['import', 'all.vcf', '--emulator', '--to', 'cognipeer', '--by', 'email'])
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"updated":0,"unchanged":3') })
    expect(emulator.audit().writes).toBe(writes)
  })
})
