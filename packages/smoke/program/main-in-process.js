// For Node, Bun and Deno.
import { inProcess } from './in-process.js'

console.log(JSON.stringify(await inProcess(true)))
