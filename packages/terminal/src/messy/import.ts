import type { Scene } from '../harness/scene.ts'
import { REFUSED_ROWS, ROWS } from './file.ts'

/** Imports the file. */
export const IMPORT = [
  ...['import', 'leads.csv', '--emulator', '--to', 'chatbotkit', '--by', 'email', '--yes'],
] as const

/** How many rows of the file become contacts. */
export const GOOD: number = ROWS - REFUSED_ROWS

/** What a provider has of an import. */
export interface Imported {
  readonly contacts: number
  /** How many different addresses these have. */
  readonly emails: number
  /** How many writes were doubled. */
  readonly doubled: number
}

/** The contacts that were imported, and whether any of them was made twice. */
export function imported({ emulator }: Scene): Imported {
  const { contacts } = emulator.chatbotkit
  const emails = new Set(contacts.map(({ email }) => String(email).toLowerCase()))
  return { contacts: contacts.length, emails: emails.size, doubled: emulator.audit().doubled.length }
}
