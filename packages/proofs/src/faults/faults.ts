import type { FaultSpec, Mode } from './fault-spec.ts'
import type { TableFault } from './kit.ts'
import { recordFaults } from './record-faults.ts'

const ALL: readonly Mode[] = ['first', 'write', 'always']

/** Every fault of the table. */
export const FAULTS: readonly FaultSpec[] = [
  ...same('no connection', { 'connection refused': { cut: 'connect' } }),
  ...same('answer lost', {
    'reset before the body': { cut: 'answer' },
    'reset in the body': { cut: { afterBytes: 8 } },
    'stall before the answer': { stall: 'answer' },
    'stall in the body': { stall: { afterBytes: 8 } },
  }),
  ...ofWrites('answer lost', {
    'applied, then 500': { status: 500, applied: true },
    'applied, then HTML 502': { html: true, applied: true },
    'applied, then 504': { status: 504, applied: true },
  }),
  ...same('not applied, no answer', {
    'reset before it is applied': { cut: 'request' },
    'stall before it is applied': { stall: 'request' },
  }),
  ...ofWrites('applied later', {
    '503, applied a second later': { status: 503, applyAfterMs: 1_000 },
    '504, applied five minutes later': { status: 504, applyAfterMs: 300_000 },
    'reset, applied a second later': { cut: 'answer', applyAfterMs: 1_000 },
    'reset, applied five minutes later': { cut: 'answer', applyAfterMs: 300_000 },
  }),
  ...same('truncated JSON', { 'truncated JSON': { truncateBytes: 8 } }),
  ...same('no JSON', {
    'empty body': { truncateBytes: 0 },
    'wrong content type': { headers: { 'content-type': 'application/octet-stream' } },
  }),
  ...same('200 that is none', {
    'a login page with 200': { status: 200, html: true },
    '200 with an error object': { body: { error: { code: 'broken', message: 'Something broke' } } },
    '200 with success: false': { body: { success: false, message: 'Something broke' } },
  }),
  ...same('server fails', {
    'HTML 502': { html: true },
    '500': { status: 500 },
    '503': { status: 503 },
  }),
  ...same('401', { '401': { status: 401 } }),
  ...same('403', { '403': { status: 403 } }),
  ...same('409', { '409': { status: 409 } }),
  ...same('413', { '413': { status: 413 } }),
  ...same('422', { '422': { status: 422 } }),
  ...same('404', { '404': { status: 404 } }).map((spec) => ({ ...spec, deceives: () => true })),
  ...same('429, a short wait', {
    '429, seconds': { retryAfter: 2 },
    '429, no word when': { status: 429 },
    '429, reset headers': {
      status: 429,
      headers: { 'ratelimit-reset': '2', 'x-ratelimit-reset': '2', 'ratelimit-remaining': '0' },
    },
  }),
  ...same('429, twelve hours', { '429, twelve hours': { retryAfter: 43_200 } }),
  {
    name: '429, date',
    group: '429, a short wait',
    modes: ALL,
    make: (_, now) => ({ fault: { retryAfter: new Date(now + 2_000) } }),
  },
  ...recordFaults,
]

function same(group: string, faults: Readonly<Record<string, TableFault>>): FaultSpec[] {
  return Object.entries(faults).map(([name, fault]) => ({ name, group, modes: ALL, make: () => ({ fault }) }))
}

function ofWrites(group: string, faults: Readonly<Record<string, TableFault>>): FaultSpec[] {
  return same(group, faults).map((spec) => ({ ...spec, isOfWrites: true }))
}
