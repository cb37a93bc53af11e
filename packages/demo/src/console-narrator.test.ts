import { stripVTControlCharacters } from 'node:util'
import { memory } from '@anycontact/memory'
import { describe, expect, test } from 'vitest'
import { createConsoleNarrator } from './console-narrator.ts'
import { CONTACTS_FILE, readContacts } from './contacts-file.ts'
import { runProgram } from './program.ts'
import { createScreen } from './terminal/screen.ts'
import { displayWidth } from './terminal/text.ts'

const rows = await readContacts(CONTACTS_FILE)

async function print(terminal: { readonly isTTY?: boolean; readonly columns?: number }): Promise<string> {
  let text = ''
  const stream = {
    ...terminal,
    write: (part: string) => {
      text += part
    },
  }
  const narrator = createConsoleNarrator({
    screen: createScreen(stream, { TERM: 'xterm' }),
    providerName: 'Memory',
    now: () => 0,
    requestsSent: () => 0,
    save: async () => '/tmp/contacts.csv',
  })
  await runProgram(memory(), rows, narrator)
  return text
}

describe('what is printed', async () => {
  const plain = await print({})
  const coloured = await print({ isTTY: true, columns: 100 })

  test.each([
    ['through a pipe', plain, 100],
    ['on a terminal', coloured, 100],
    ['on a narrow terminal', await print({ isTTY: true, columns: 80 }), 80],
  ])('fits %s', (_, text, width) => {
    for (const line of text.split(/[\r\n]/)) expect(displayWidth(line)).toBeLessThanOrEqual(width)
  })

  test('has no control characters through a pipe', () => {
    expect(plain.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })

  test('is the same on a terminal, colours and the progress bar aside', () => {
    const withoutProgress = (text: string): string[] =>
      stripVTControlCharacters(text)
        .split('\n')
        .filter((line) => !line.includes(' of 998'))
    expect(withoutProgress(coloured)).toEqual(withoutProgress(plain))
  })

  test('says what became of the rows, and why', () => {
    expect(plain).toMatch(/^ {3}created +972 {2}/m)
    expect(plain).toMatch(/^ {3}updated +14 {2}/m)
    expect(plain).toMatch(/^ {3}unchanged +11 {2}/m)
    expect(plain).toMatch(/^ {3}refused +3 {2}/m)
    expect(plain).toMatch(/^ {4,5}58 {2}Lena Hoffmann +AnyContact +email: must look like an email address$/m)
  })

  test('tells where the export is', () => {
    expect(plain).toMatch(/971 records for 971 contacts, \d+ kB\n {3}\/tmp\/contacts\.csv\n/)
  })
})
