/**
 * Runs one program in this process and prints what it cost, as JSON: `node run.js <module> <program> <environment as JSON>`. What it
 * imports and gets ready does not count.
 */
const [modulePath = '', programName = '', environment = '{}'] = process.argv.slice(2)
const programs = await import(modulePath)
const work = await programs[programName](JSON.parse(environment))
const startedAt = performance.now()
const before = process.cpuUsage()
const outcome = await work()
const { user, system } = process.cpuUsage(before)
const wallMs = performance.now() - startedAt
const peakMiB = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs, peakMiB, ...outcome }))

export {}
