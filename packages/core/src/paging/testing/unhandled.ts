import { afterEach, beforeEach, expect } from 'vitest'
import { settle } from './deferred.ts'

/** Fails each test of the file after which a rejected promise is left that nobody handles. */
export function failOnUnhandledRejections(): void {
  let reasons: unknown[] = []
  const note = (reason: unknown): void => {
    reasons.push(reason)
  }
  beforeEach(() => {
    reasons = []
    process.on('unhandledRejection', note)
  })
  afterEach(async () => {
    await settle()
    process.off('unhandledRejection', note)
    expect(reasons, 'unhandled rejections').toEqual([])
  })
}
