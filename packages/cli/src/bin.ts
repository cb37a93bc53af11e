#!/usr/bin/env node
import { isatty } from 'node:tty'
import { systemClock } from '@anycontact/core/adapter-kit'
import { type Host, type Output, Stopped } from './host.ts'
import { reasonOf } from './output/file.ts'
import { runCli } from './run.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const stopped = new Stopped(signal)
    // Whoever asks twice does not want to wait for what is under way.
    if (stop.signal.aborted) process.exit(stopped.exitCode)
    stop.abort(stopped)
  })
}

/** @param onFailure - takes the error of text that could not be written though somebody reads */
function output(
  stream: NodeJS.WriteStream,
  descriptor: number,
  onFailure: (error: Error, reject: (error: Error) => void) => void,
): Output {
  let isGone = false
  // Each write has its own error.
  stream.on('error', () => undefined)
  return {
    isTerminal: isatty(descriptor),
    get columns() {
      return stream.columns || 80
    },
    isGone: () => isGone,
    write: (text) =>
      new Promise((resolve, reject) => {
        if (isGone) return resolve()
        stream.write(text, (error) => {
          if (!error) return resolve()
          isGone = true
          // What a command does is not for the reader alone: an import goes on. Windows calls it the end of the file.
          const code: unknown = Reflect.get(error, 'code')
          if (code !== 'EPIPE' && code !== 'EOF' && code !== 'ERR_STREAM_DESTROYED') onFailure(error, reject)
          resolve()
        })
      }),
  }
}

const canAsk = isatty(0) && isatty(2)

const host: Host = {
  stdout: output(process.stdout, 1, (error, reject) =>
    reject(new Error(`Standard output cannot be written: ${reasonOf(error)}.`, { cause: error })),
  ),
  // There is nowhere left to say it.
  stderr: output(process.stderr, 2, () => undefined),
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
