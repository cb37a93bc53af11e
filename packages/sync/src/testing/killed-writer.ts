import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { LedgerWriterCommand } from './ledger-subject.ts'

/**
 * Starts a program that tells what it has stored, and kills it with `SIGKILL` once it has told so many times.
 *
 * @returns the last number that it told
 */
export async function killedWriter(
  { command, args, env }: LedgerWriterCommand,
  lines: number,
): Promise<number> {
  const writer = spawn(command, [...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const ended = once(writer, 'close')
  let errors = ''
  writer.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  let told = 0
  let last = 0
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line)
    if (++told === lines) writer.kill('SIGKILL')
  }
  await ended
  if (told < lines)
    throw new Error(`The writer ended by itself after ${told} commits: ${errors.slice(-2000)}`)
  return last
}
