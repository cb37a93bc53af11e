#!/usr/bin/env node
/// <reference types="node" />
import { runCli } from './cli.ts'

const result = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
if ('exitCode' in result) {
  process.exitCode = result.exitCode
} else {
  process.once('SIGINT', () => result.server.close())
  process.once('SIGTERM', () => result.server.close())
}
