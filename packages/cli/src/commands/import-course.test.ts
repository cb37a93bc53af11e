import { existsSync, readFileSync } from 'node:fs'
import { createTestClock } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { createImport, passWaits, rows } from '../testing/import.ts'
import { stopAtCreate } from '../testing/stopping.ts'

describe('an import', () => {
  it('goes on after Ctrl-C, and doubles nothing', async () => {
    const program = createImport(rows(300))
    const { toBots, emulator, emails } = program
    stopAtCreate(program, 99)
    const stopped = await toBots()
    expect(stopped.exitCode).toBe(130)
    const { length } = emails()
    expect(length).toBeGreaterThanOrEqual(100)
    expect(length).toBeLessThan(120)
    expect(stopped.stderr).toBe(
      `Stopped by Ctrl-C. chatbotkit has ${length} of 300 rows; the same command goes on from there.\n`,
    )
    const { exitCode, stdout, stderr } = await toBots()
    expect(stderr).toBe('This import was interrupted before: it goes on where it was.\n')
    expect(stdout).toBe(
      `leads.csv to chatbotkit: 300 rows, 300 created, 0 updated, 0 unchanged, 0 refused.\n`,
    )
    expect(exitCode).toBe(0)
    expect(emails()).toEqual(Array.from({ length: 300 }, (_, i) => `u${i}@example.com`).sort())
    expect(emulator.audit()).toMatchObject({ writes: 300, doubled: [] })
  })

  it('says what is under way, and stays one line, on a terminal', async () => {
    const { toBots } = createImport(`${rows(300)}\nX,no address`)
    const { stderr, stdout } = await toBots([], 'leads.csv', { env: {} })
    expect(stdout).toContain('300 created')
    const clear = '\r\u001b[2K'
    const bars = stderr.split(clear)
    expect(bars.some((bar) => /Importing .*% {2}\d+ of 301 {2}\d+ created, 1 refused/.test(bar))).toBe(true)
    // What the bar leaves behind is nothing.
    expect(bars.at(-1)).toBe('')
    expect(bars.slice(1).every((bar) => !bar.includes('\n'))).toBe(true)
  })

  it('asks whoever sits at a terminal, and writes nothing where the answer is no', async () => {
    const { run, emulator } = createImport(rows(3))
    const args = ['import', 'leads.csv', '--emulator', '--to', 'chatbotkit', '--by', 'email']
    const terminal = { columns: 100 }
    const { exitCode, stderr } = await run(args, { terminal, answer: false })
    expect([exitCode, emulator.audit().writes]).toEqual([1, 0])
    expect(stderr).toMatch(/Nothing was imported\.\n$/)
    // Nobody sits at a pipe.
    expect((await run([...args, '--dry-run'])).exitCode).toBe(0)
    expect(await run(args)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"created":3') })
  })

  it('goes on after a kill, says so, and waits for a write that may be under way', async () => {
    const { toBots, chatbotkit, emulator, clock, emails } = createImport(rows(40))
    // The process dies while a request is out: nothing of it is heard any more.
    chatbotkit.faults.add({ path: '/create', skip: 20, stall: 'answer', times: Number.POSITIVE_INFINITY })
    void toBots([], 'leads.csv', { clock: createTestClock() })
    await expect.poll(() => emulator.audit().writes).toBeGreaterThan(20)
    chatbotkit.faults.clear()
    expect(
      (await toBots([], 'leads.csv', { onStderr: (t) => console.log(t, clock.pending) })).stderr,
    ).toMatch(
      /^Error: leads\.csv is being imported into chatbotkit already, by process \d+ on \S+\. Wait for that to end/,
    )
    await clock.advance(61_000)
    const { exitCode, stderr } = await toBots([], 'leads.csv', { onStderr: passWaits(clock) })
    expect(stderr).toBe(
      'This import was interrupted before: it goes on where it was.\n' +
        'A write that was cut off may still be under way: waiting 52 seconds, so that nothing is written twice.\n',
    )
    expect(exitCode).toBe(0)
    expect(emails()).toEqual(Array.from({ length: 40 }, (_, i) => `u${i}@example.com`).sort())
    expect(emulator.audit().doubled).toEqual([])
  })

  it('waits for a write whose answer was lost, and says for how long', async () => {
    const { toBots, chatbotkit, emulator, clock } = createImport(rows(3))
    chatbotkit.faults.add({ path: '/create', cut: 'answer' })
    const { exitCode, stderr, stdout } = await toBots([], 'leads.csv', {
      onStderr: passWaits(clock),
    })
    expect(stderr).toBe(
      'A write that was cut off may still be under way: waiting 53 seconds, so that nothing is written twice.\n',
    )
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining('3 rows, 2 created, 0 updated, 1 unchanged'),
    ])
    expect(emulator.audit()).toMatchObject({ writes: 3, doubled: [] })
  })

  it('says how far it came where the provider cannot be reached any more', async () => {
    const { toBots, chatbotkit, emulator, file, emails, clock } = createImport(rows(300))
    chatbotkit.faults.add({ path: '/create', skip: 50, status: 503, times: Number.POSITIVE_INFINITY })
    const { exitCode, stdout, stderr } = await toBots()
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /^Error: .*\. chatbotkit has 50 of 300 rows; the same command goes on from there\.\n$/,
    )
    expect(existsSync(file('leads.refused.csv'))).toBe(false)
    chatbotkit.faults.clear()
    expect((await toBots([], 'leads.csv', { onStderr: passWaits(clock) })).exitCode).toBe(0)
    expect(emails()).toHaveLength(300)
    expect(emulator.audit()).toMatchObject({ writes: 300, doubled: [] })
  })

  it('writes the rows that the provider refuses beside the file, those of before it was stopped too', async () => {
    const text = rows(200)
      .replace('u3@example.com', 'u3@example.com,+1 555 0100')
      .replace('email', 'email,phone')
    const lines = text.split('\n').map((line) => (line.split(',').length === 3 ? line : `${line},`))
    const program = createImport(lines.join('\n'))
    const { toBots, chatbotkit, file } = program
    chatbotkit.seed([
      { name: 'One', email: 'u9@example.com' },
      { name: 'Two', email: 'u9@example.com' },
    ])
    const planned = await toBots(['--dry-run'])
    expect(planned.stdout).toContain(
      'line 11: Several contacts of chatbotkit have this email. Merge them there',
    )
    stopAtCreate(program, 150)
    expect((await toBots()).exitCode).toBe(130)
    const { exitCode, stdout } = await toBots()
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('200 rows, 198 created, 0 updated')])
    expect(stdout).toMatch(/line 5: .*"phone" must be a phone number/)
    const refused = readFileSync(file('leads.refused.csv'), 'utf8').trimEnd().split('\r\n')
    expect(refused).toEqual([
      '\uFEFFname,email,phone,importError',
      expect.stringMatching(/^Name 3,u3@example\.com,\+1 555 0100,"?line 5: .*must be a phone number/),
      expect.stringMatching(/^Name 9,u9@example\.com,,"?line 11: Several contacts of chatbotkit/),
    ])
  })

  it('tells which fields the provider does not keep', async () => {
    const { toBots, chatbotkit } = createImport('name,email,note\nAna,ana@example.com,Hello\n')
    chatbotkit.faults.add({ times: Number.POSITIVE_INFINITY, forget: ['description'] })
    const { stdout } = await toBots()
    expect(stdout).toContain('Not kept by chatbotkit: note (1 row).')
  })

  it('ends right where the file was changed after it was stopped', async () => {
    const program = createImport(rows(900))
    const { toBots, chatbotkit, write, emails } = program
    stopAtCreate(program, 700)
    expect((await toBots()).exitCode).toBe(130)
    write(rows(900).replace('Name 3,', 'Three,').replace('Name 5,u5@', 'Five,five@'))
    const { exitCode, stdout } = await toBots()
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(' 900 rows, ')])
    expect(emails()).toHaveLength(901)
    expect(chatbotkit.contacts.find(({ email }) => email === 'u3@example.com')).toMatchObject({
      name: 'Three',
    })
  })
})
