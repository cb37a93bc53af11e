import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestClock } from '@anycontact/core/adapter-kit'
import { createTestProgram, type TestHostOptions } from './host.ts'

/** A file to import, and the program in its folder. */
export function createImport(text: string, name = 'leads.csv') {
  const program = createTestProgram()
  const file = (path: string): string => join(program.cwd, path)
  writeFileSync(file(name), text)
  const { chatbotkit } = program.emulator
  return {
    ...program,
    file,
    chatbotkit,
    write: (content: string | Uint8Array, path = name) => writeFileSync(file(path), content),
    toBots: (more: readonly string[] = [], path = name, options: TestHostOptions = {}) =>
      program.run(['import', path, '--emulator', '--to', 'chatbotkit', '--by', 'email', '--yes', ...more], {
        terminal: { columns: 160 },
        env: { TERM: 'dumb' },
        ...options,
      }),
    emails: () => chatbotkit.contacts.map(({ email }) => email).sort(),
  }
}

/** A file as people have them. */
export const MESSY = [
  'Full Name;E-mail;Telephone;Plan;Notes',
  ' Ana Souza ;ana@example.com;+14155552671;pro;"one\nmore"',
  'Ben;BEN@example.com;;;',
  ';;;;',
  'Cleo;no address;;;',
  'Ana again;Ana@Example.com;;;',
  'Dora;dora@example.com;4.47E+11;;',
  'Eve;eve@example.com',
  '',
].join('\n')

/** A file of so many contacts. */
export const rows = (count: number): string =>
  ['name,email', ...Array.from({ length: count }, (_, i) => `Name ${i},u${i}@example.com`)].join('\n')

/** Moves the clock on when a run says that it waits. */
export const passWaits =
  (clock: TestClock) =>
  (text: string): void => {
    if (text.includes('waiting')) setImmediate(() => clock.advance(53_000))
  }
