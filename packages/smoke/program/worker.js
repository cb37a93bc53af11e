// For workerd: does what a request asks, and answers with the results.
import { benchByControl } from './bench.js'
import { inProcess } from './in-process.js'
import { runProgram } from './program.js'

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { searchParams } = new URL(request.url)
    const [url, control] = [searchParams.get('url'), searchParams.get('control')]
    const results = url && control ? runProgram(benchByControl(url, control), false) : inProcess(false)
    return Response.json(await results)
  },
}
