import { describe, expect, test } from 'vitest'
import { type Applied, ContactsError } from '../errors.ts'
import { openScope, refused } from './testing/open-scope.ts'

describe('what was written', () => {
  test.each<[string, readonly Applied[], Applied]>([
    ['no write', [], 'no'],
    ['a refused one', ['no'], 'no'],
    ['a lost one', ['unknown'], 'unknown'],
    ['an applied one', ['yes'], 'yes'],
    ['a refused one and a lost one', ['no', 'unknown'], 'unknown'],
    ['a lost one and an applied one', ['unknown', 'yes'], 'yes'],
    ['an applied one and a refused one', ['yes', 'no'], 'yes'],
    ['an applied one and a lost one', ['yes', 'unknown'], 'yes'],
  ])('after %s', (_, writes, applied) => {
    const { scope } = openScope()
    for (const settled of writes) scope.beginWrite(false).settle(settled)
    expect(scope.applied).toBe(applied)
    const doubt = 'The write may have been applied: look the record up before sending it again.'
    const message = applied === 'unknown' ? `Taken. ${doubt}` : 'Taken.'
    expect(scope.failure(refused())).toMatchObject({ code: 'conflict', message, applied })
  })

  test('a write is settled once; until then its fate is unknown', () => {
    const { scope } = openScope()
    const write = scope.beginWrite(false)
    expect(scope.applied).toBe('unknown')
    write.settle('no')
    write.settle('yes')
    expect(scope.applied).toBe('no')
  })

  test('settleWrites settles those that are lost, and no other', () => {
    const { scope } = openScope()
    scope.beginWrite(false).settle('no')
    const lost = scope.beginWrite(false)
    scope.settleWrites('yes')
    lost.settle('no')
    expect(scope.applied).toBe('yes')
    const { scope: other } = openScope()
    other.beginWrite(false)
    other.settleWrites('no')
    expect(other.applied).toBe('no')
  })

  test('an error that says more than the scope knows is left as it is, and so is one that is not ours', () => {
    const { scope } = openScope()
    const unknown = refused('unknown')
    const bug = new TypeError('bug')
    expect(scope.failure(unknown)).toBe(unknown)
    expect(scope.failure(bug)).toBe(bug)
    scope.beginWrite(false).settle('yes')
    expect(scope.failure(bug)).toBe(bug)
    const told = scope.failure(unknown)
    expect(told).toMatchObject({ applied: 'yes', retryable: false, stack: unknown.stack })
  })

  test('a failure after a write is safe to make again only where that write is', () => {
    const lookupFailed = (): ContactsError =>
      new ContactsError({ code: 'unavailable', message: 'Down.', retryable: true })
    const { scope: once } = openScope()
    once.beginWrite(false)
    expect(once.failure(lookupFailed())).toMatchObject({ applied: 'unknown', retryable: false })
    const { scope: idempotent } = openScope()
    idempotent.beginWrite(true)
    expect(idempotent.failure(lookupFailed())).toMatchObject({ applied: 'unknown', retryable: true })
    const { scope: refusedBefore } = openScope()
    refusedBefore.beginWrite(false).settle('no')
    expect(refusedBefore.failure(lookupFailed())).toMatchObject({ applied: 'no', retryable: true })
  })

  test("a child's writes are its own; those of a part and of a request are the scope's", () => {
    const { scope } = openScope()
    scope.child().beginWrite(false)
    expect(scope.applied).toBe('no')
    scope.part(scope.signal).beginWrite(false).settle('yes')
    expect(scope.applied).toBe('yes')
    const { scope: other } = openScope()
    other.forRequest(10).beginWrite(false)
    expect(other.applied).toBe('unknown')
  })
})

describe('what was sent', () => {
  test('is asked for when there is an error, each text once', () => {
    const { scope } = openScope()
    let asked = 0
    scope.noteSent(() => {
      asked++
      return ['ana@example.com', 'Ana Souza']
    })
    scope.part(scope.signal).noteSent(() => ['Ana Souza', 'c1'])
    scope.child().noteSent(() => ['of a child'])
    expect(asked).toBe(0)
    expect(scope.sentTexts()).toEqual(['ana@example.com', 'Ana Souza', 'c1'])
    expect(asked).toBe(1)
  })

  test('is kept up to a bound: the latest of many requests', () => {
    const { scope } = openScope()
    for (let n = 0; n < 10_000; n++) scope.noteSent(() => [`text ${n}`])
    const texts = scope.sentTexts()
    expect(texts).toContain('text 9999')
    expect(texts.length).toBeGreaterThanOrEqual(32)
    expect(texts.length).toBeLessThanOrEqual(64)
  })
})

describe("what was left out with the caller's knowledge", () => {
  test('holds for the part and what belongs to it', () => {
    const { scope } = openScope()
    scope.noteDropped('customFields.plan')
    expect(scope.wasDropped('customFields.plan')).toBe(true)
    expect(scope.wasDropped('customFields.plan.name')).toBe(true)
    expect(scope.wasDropped('customFields')).toBe(false)
    expect(scope.wasDropped('customFields.planned')).toBe(false)
  })
})
