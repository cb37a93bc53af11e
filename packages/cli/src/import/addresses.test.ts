import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTestProgram } from '../testing/host.ts'

const FILE = `External ID,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value
u-1,ana@example.com,Work,+351220000001,Mobile,+351912345678
u-2,ben@example.com,,+351220000002,Home,none
`

function importing(provider: string, by = 'email') {
  const program = createTestProgram()
  writeFileSync(join(program.cwd, 'people.csv'), FILE)
  return {
    ...program,
    importFile: (...more: string[]) =>
      program.run(['import', 'people.csv', '--emulator', '--to', provider, '--by', by, ...more]),
  }
}

describe('the addresses of a CSV file', () => {
  it('are contact methods where the provider has them, and a bad one is told by its column', async () => {
    const { stdout, exitCode } = await importing('contact-methods', 'externalId').importFile(
      '--dry-run',
      '--json',
    )
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      planned: [
        {
          key: 'u-1',
          changes: [
            {
              field: 'contactMethods',
              after: [
                { type: 'email', value: 'ana@example.com', primary: true },
                { type: 'phone', value: '+351220000001', label: 'Work', primary: true },
                { type: 'mobile', value: '+351912345678', label: 'Mobile', primary: true },
              ],
            },
          ],
        },
      ],
      failures: [{ line: 3, reason: '"Phone 2 - Value" does not look like what its type says' }],
    })
  })

  it('are custom fields where it has one of each', async () => {
    const { importFile, emulator } = importing('chatbotkit')
    expect((await importFile()).exitCode).toBe(0)
    expect(emulator.chatbotkit.contacts.map(({ email, phone, meta }) => [email, phone, meta])).toEqual([
      [
        'ana@example.com',
        '+351220000001',
        { 'Phone 1 - Label': 'Work', 'Phone 2 - Label': 'Mobile', 'Phone 2 - Value': '+351912345678' },
      ],
      ['ben@example.com', '+351220000002', { 'Phone 2 - Label': 'Home', 'Phone 2 - Value': 'none' }],
    ])
  })

  it('go where --map says', async () => {
    const { importFile } = importing('contact-methods', 'externalId')
    const { stdout } = await importFile(
      '--dry-run',
      '--json',
      '--map',
      'Phone 2 - Value=contactMethods.other',
    )
    expect(JSON.parse(stdout)).toMatchObject({
      columns: expect.arrayContaining([{ header: 'Phone 2 - Value', to: 'contactMethods.other' }]),
      failures: [],
    })
    const { stderr, exitCode } = await importFile('--map', 'Phone 2 - Value=contactMethods.telex')
    expect([stderr, exitCode]).toEqual([expect.stringContaining('contactMethods.telex is no field'), 2])
  })

  it('are named by their columns where the provider has no place for them', async () => {
    const { stderr, exitCode } = await importing('chatbotkit').importFile(
      ...['--map', 'Phone 2 - Value=contactMethods.mobile'],
    )
    expect([stderr, exitCode]).toEqual([
      expect.stringMatching(
        /^Error: chatbotkit has no place for contactMethods \(column Phone 2 - Value\)\. Leave it out: --drop contactMethods/,
      ),
      2,
    ])
  })
})
