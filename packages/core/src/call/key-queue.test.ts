import { describe, expect, it } from 'vitest'
import { failureOf } from '../client/testing/failure.ts'
import { type Deferred, deferred, settle } from '../paging/testing/deferred.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { KeyQueue } from './timing.ts'

failOnUnhandledRejections()

function tasks(queue: KeyQueue) {
  const begun: string[] = []
  const ends = new Map<string, Deferred<string>>()
  return {
    begun,
    run(name: string, keys: readonly string[]): Promise<string> {
      return queue.run(keys, () => {
        begun.push(name)
        const end = deferred<string>()
        ends.set(name, end)
        return end.promise
      })
    },
    async end(name: string): Promise<void> {
      ends.get(name)?.resolve(name)
      await settle()
    },
    async fail(name: string): Promise<void> {
      ends.get(name)?.reject(new Error(name))
      await settle()
    },
  }
}

describe('KeyQueue', () => {
  it('runs tasks of one key in order and of others at once', async () => {
    const { begun, run, end } = tasks(new KeyQueue())
    const all = Promise.all([run('a1', ['a']), run('a2', ['a']), run('b1', ['b']), run('a3', ['a'])])
    await settle()
    expect(begun).toEqual(['a1', 'b1'])
    await end('a1')
    expect(begun).toEqual(['a1', 'b1', 'a2'])
    await end('a2')
    await end('a3')
    await end('b1')
    expect(await all).toEqual(['a1', 'a2', 'b1', 'a3'])
  })

  it('goes on after a failure, which is told to its own caller alone', async () => {
    const { begun, run, end, fail } = tasks(new KeyQueue())
    const first = failureOf(() => run('a1', ['a']))
    const second = run('a2', ['a'])
    await settle()
    await fail('a1')
    expect(await first).toEqual(new Error('a1'))
    expect(begun).toEqual(['a1', 'a2'])
    await end('a2')
    expect(await second).toBe('a2')
  })

  it('lets a task with several keys wait for all of them, and never two for each other', async () => {
    const { begun, run, end } = tasks(new KeyQueue())
    const all = Promise.all([
      run('ab', ['a', 'b']),
      run('ba', ['b', 'a']),
      run('c', ['c']),
      run('bc', ['b', 'c']),
    ])
    await settle()
    expect(begun).toEqual(['ab', 'c'])
    await end('ab')
    expect(begun).toEqual(['ab', 'c', 'ba'])
    await end('ba')
    expect(begun).toEqual(['ab', 'c', 'ba'])
    await end('c')
    expect(begun).toEqual(['ab', 'c', 'ba', 'bc'])
    await end('bc')
    await all
  })

  it('begins at once when nothing is before it, also after earlier ones are over', async () => {
    const { begun, run, end } = tasks(new KeyQueue())
    const first = run('a1', ['a'])
    expect(begun).toEqual(['a1'])
    await end('a1')
    await first
    const second = run('a2', ['a'])
    expect(begun).toEqual(['a1', 'a2'])
    await end('a2')
    await second
  })
})
