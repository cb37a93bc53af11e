import { randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Text that names one holder in this process, for {@link ClaimRequest.holder}: `4711@host` for people, then what tells on this machine
 * whether the process still lives, then random text, by which two holders of one process differ.
 */
export function processHolder(): string {
  const pid = process.pid
  const random = randomBytes(6).toString('base64url')
  return `${pid}@${hostname()}#${pidNamespace()}.${startOf(pid) ?? ''}.${random}`
}

/** What a text of {@link processHolder} says to people, such as `process 4711 on host`; any other text as it is. */
export function holderName(holder: string): string {
  const [, pid, host] = HOLDER.exec(holder) ?? []
  return pid === undefined ? holder : `process ${pid} on ${host}`
}

const HOLDER = /^(\d+)@([^#]*)#([^.]*)\.([^.]*)\.[^.]+$/

/**
 * Whether a text of {@link processHolder} is of a process of this very machine that has ended. `false` for one of another machine or of
 * another container, which cannot be asked from here, and for any other text.
 */
export function isDeadHolder(holder: string): boolean {
  const [, pidText, host, namespace, start] = HOLDER.exec(holder) ?? []
  if (pidText === undefined || host !== hostname() || namespace !== pidNamespace()) return false
  const pid = Number(pidText)
  if (!isAlive(pid)) return true
  // The number may have been given to a younger process meanwhile.
  const startNow = startOf(pid)
  return start !== '' && startNow !== undefined && start !== startNow
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** Which numbering of processes this one is in: two containers of one host name have different ones. Empty where there is only one. */
function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''
  } catch {
    return ''
  }
}

/** When a process was started, in a unit that only equality is asked of; absent where the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in brackets, may hold blanks and brackets itself; the start is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
