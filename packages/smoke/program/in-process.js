import { createEmulator } from '@anycontact/emulator'
import { benchOn } from './bench.js'
import { runProgram } from './program.js'

/**
 * Runs the program with emulators in this process.
 *
 * @param {boolean} tellsRefusals
 */
export const inProcess = (tellsRefusals) => runProgram(benchOn(createEmulator()), tellsRefusals)
