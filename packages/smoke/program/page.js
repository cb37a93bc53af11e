// For browsers: what the page offers to whoever drives it.
import { benchByControl } from './bench.js'
import { inProcess } from './in-process.js'
import { runProgram } from './program.js'

Object.assign(globalThis, {
  smoke: {
    inProcess: () => inProcess(false),
    /** @type {(url: string, control: string) => ReturnType<typeof inProcess>} */
    socket: (url, control) => runProgram(benchByControl(url, control), false),
  },
})
