import { expect, it } from 'vitest'
import { commandNames, createTestProgram } from './testing/host.ts'

it('of every command has a sentence, an example of it, and fits a terminal of 80 columns', async () => {
  const program = createTestProgram()
  const names = await commandNames(program)
  expect(names.length).toBeGreaterThan(15)
  for (const name of names) {
    const { exitCode, stdout, stderr } = await program.run([name, '--help'], {
      terminal: { columns: 80 },
      env: { NO_COLOR: '1' },
    })
    expect([name, exitCode, stderr]).toEqual([name, 0, ''])
    const [usage = '', sentence = ''] = stdout.split('\n\n')
    expect(usage).toMatch(new RegExp(`^Usage: anycontact ${name}( |$)`))
    expect(sentence).toMatch(/^[A-Z].*\.$/s)
    const [, examples = ''] = stdout.split('\nExamples:\n')
    expect(examples).toMatch(new RegExp(`^ {4}\\$ .*anycontact ${name}\\b`, 'm'))
    // Those of a line each are what people copy.
    const lines = examples.split('\n').filter((line) => line.startsWith('    $ '))
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(112)
  }
})
