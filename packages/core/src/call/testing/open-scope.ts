import { createTestClock, type TestClock } from '../../adapter-kit/test-clock.ts'
import { type Applied, ContactsError } from '../../errors.ts'
import { CallScope, type ScopeInit } from '../scope.ts'
import type { CallOptions } from '../settings.ts'

/** A scope of `acme`'s `update`, on a clock that stands still. */
export function openScope(
  settings: CallOptions = {},
  init: Partial<ScopeInit> = {},
): { readonly scope: CallScope; readonly clock: TestClock } {
  const clock = createTestClock()
  return { clock, scope: new CallScope(settings, { provider: 'acme', operation: 'update', clock, ...init }) }
}

/** An error as a refused request throws it. */
export function refused(applied: Applied = 'no'): ContactsError {
  return new ContactsError({
    code: 'conflict',
    message: 'Taken.',
    provider: 'acme',
    operation: 'update',
    applied,
    retryable: true,
  })
}
