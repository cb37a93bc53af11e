/**
 * Runs one program in this process and prints what it cost, as JSON: `node run.js <module> <program> <environment as JSON>`. What it
 * imports and gets ready does not count.
 */
const [module = '', name = '', environment = '{}'] = process.argv.slice(2)
const programs = await import(module)
const work = await programs[name](JSON.parse(environment))
const startedAt = performance.now()
const before = process.cpuUsage()
const outcome = await work()
const { user, system } = process.cpuUsage(before)
const wallMs = performance.now() - startedAt
const peakMiB = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs, peakMiB, ...outcome }))
