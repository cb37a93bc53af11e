#!/usr/bin/env node
import { isatty } from 'node:tty'
import { systemClock } from '@anycontact/core/adapter-kit'
import { type Host, type Output, Stopped } from './host.ts'
import { runCli } from './run.ts'

// Whoever reads the output has gone, as `head` goes: there is no one to write for.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    const code: unknown = Reflect.get(error, 'code')
    // Windows calls it the end of the file.
    if (code !== 'EPIPE' && code !== 'EOF') throw error
    process.exit(0)
  })
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const stopped = new Stopped(signal)
    // Whoever asks twice does not want to wait for what is under way.
    if (stop.signal.aborted) process.exit(stopped.exitCode)
    stop.abort(stopped)
  })
}

const output = (stream: NodeJS.WriteStream, descriptor: number): Output => ({
  isTerminal: isatty(descriptor),
  get columns() {
    return stream.columns || 80
  },
  write: (text) =>
    new Promise((resolve) => {
      if (stream.write(text)) resolve()
      else stream.once('drain', resolve)
    }),
})

const canAsk = isatty(0) && isatty(2)

const host: Host = {
  stdout: output(process.stdout, 1),
  stderr: output(process.stderr, 2),
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
  clock: systemClock,
  nodeVersion: process.versions.node,
  fetch: globalThis.fetch,
  canAsk,
  ask: async (question) => {
    if (!canAsk) return undefined
    const { confirm, isCancel } = await import('@clack/prompts')
    const answer = await confirm({
      message: question,
      input: process.stdin,
      output: process.stderr,
      signal: stop.signal,
    })
    // The terminal gives it as a key while it is asked.
    if (isCancel(answer)) throw new Stopped('SIGINT')
    return answer
  },
}

process.exitCode = await runCli(process.argv.slice(2), host)
