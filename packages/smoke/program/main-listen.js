// For Node, Bun and Deno: this process serves the emulators too.
import { createEmulator } from '@anycontact/emulator'
import { benchOn, reachBySocket } from './bench.js'
import { runProgram } from './program.js'

const emulator = createEmulator()
const server = await emulator.listen()
const results = await runProgram(benchOn(emulator, reachBySocket(server.url)), true)
await server.close()
console.log(JSON.stringify(results))
