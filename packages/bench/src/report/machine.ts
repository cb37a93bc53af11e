import { arch, cpus, platform, totalmem } from 'node:os'
import type { Table } from './table.ts'

/** What the figures were measured on. */
export function machineTable(): Table {
  const [cpu] = cpus()
  return {
    id: 'machine',
    head: ['', 'measured on'],
    rows: [
      ['processor', `${cpu?.model.trim() || arch()}, ${cpus().length} cores`],
      ['memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
      ['system', platform()],
      ['Node', process.version],
      ['date', new Date().toISOString().slice(0, 10)],
    ],
  }
}
