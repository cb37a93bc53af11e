// For Node, Bun and Deno: another process serves the emulators.
import process from 'node:process'
import { benchByControl } from './bench.js'
import { runProgram } from './program.js'

const [url = '', control = ''] = process.argv.slice(2)
console.log(JSON.stringify(await runProgram(benchByControl(url, control), true)))
