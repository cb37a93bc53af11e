import type { Fault } from '@anycontact/emulator'
import { type FaultSetting, NO_FAULT, RETRY_AFTER_SECONDS } from '../shared/faults.ts'

/** How the request looks to which a fault may happen. */
export interface SwitchedRequest {
  readonly method: string
  readonly path: string
  /** Whether the answer is asked for line by line. */
  readonly isStream: boolean
}

/** The switch that breaks the network. */
export interface FaultSwitch {
  /** Puts it into another position. */
  set(setting: FaultSetting): void
  /** What happens to this request, which counts. */
  take(request: SwitchedRequest): { readonly kind: FaultSetting['kind']; readonly fault: Fault | undefined }
}

/** Makes the switch, with nothing broken. */
export function createFaultSwitch(): FaultSwitch {
  let { kind, times } = NO_FAULT
  return {
    set(setting) {
      kind = setting.kind
      times = setting.times
    },
    take(request) {
      if (times <= 0 || !meets(kind, request)) return { kind: 'none', fault: undefined }
      times -= 1
      return { kind, fault: faultOf(kind, request) }
    },
  }
}

function meets(kind: FaultSetting['kind'], request: SwitchedRequest): boolean {
  if (kind === 'none') return false
  if (kind === 'lost') return isWrite(request)
  return kind !== 'broken' || isListing(request)
}

function faultOf(kind: FaultSetting['kind'], { isStream }: SwitchedRequest): Fault | undefined {
  switch (kind) {
    case 'cut':
      return { cut: 'request' }
    case 'unavailable':
      return { status: 503 }
    case 'limited':
      return { retryAfter: RETRY_AFTER_SECONDS }
    case 'lost':
      return { cut: 'answer' }
    case 'broken':
      return { cut: isStream ? { afterLines: 3 } : { afterBytes: 400 } }
    case 'none':
      return undefined
  }
}

// Two of the vendors list and search by POST.
function isListing({ method, path }: SwitchedRequest): boolean {
  return /\/(list|_search)$/.test(path) || (method === 'GET' && path.endsWith('/contacts'))
}

function isWrite(request: SwitchedRequest): boolean {
  return request.method !== 'GET' && !isListing(request)
}
