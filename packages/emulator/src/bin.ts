#!/usr/bin/env node
/// <reference types="node" />
import { runCli } from './cli.ts'

// What reads the output has gone, as `head` goes: there is no one to write for.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    const code: unknown = Reflect.get(error, 'code')
    // Windows calls it the end of the file.
    if (code !== 'EPIPE' && code !== 'EOF') throw error
    process.exit(0)
  })
}

// Ends at once, whatever is still being answered: stopping it is how it is meant to end.
const stop = (): never => process.exit(0)
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

const result = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
if ('exitCode' in result) process.exitCode = result.exitCode
