import { ContactsError } from '@anycontact/core'
import { describe, expect, test } from 'vitest'
import { cellText } from './cell.ts'
import { FAULTS } from './faults.ts'
import type { World } from './kit.ts'
import { chatbotkitKit } from './kits/chatbotkit.ts'
import { cognipeerKit } from './kits/cognipeer.ts'
import { broken } from './laws.ts'
import { newOne, type Operation, single } from './operation.ts'
import { operationsOf } from './operations/index.ts'
import { isStored } from './operations/writes.ts'
import { runCell } from './run-cell.ts'

/** An operation that creates somebody at Cognipeer in a way of its own. */
function creatingBy(create: (world: World, slot: number) => Promise<unknown>): Operation {
  return {
    name: 'create',
    of: 'create',
    kind: 'create',
    prepare(world, slot) {
      const person = newOne(world, slot)
      return single(isStored(person, person.email), () => create(world, slot))
    },
  }
}

const create = (world: World, slot: number) => world.client.create(world.kit.input(newOne(world, slot)))

/** What the laws say of calls of an operation, under a fault that every request meets. */
async function judged(operation: Operation, faultName = 'none', calls = 1): Promise<readonly string[]> {
  const fault = FAULTS.find(({ name }) => name === faultName)
  const run = await runCell({ kit: cognipeerKit, operation, calls, ...(fault && { fault, mode: 'always' }) })
  return broken(run, calls)
}

function refusal(message: string, applied: 'no' | 'yes'): ContactsError {
  return new ContactsError({ code: 'unavailable', message, applied })
}

describe('a law is broken by', () => {
  const again = creatingBy((world, slot) => create(world, slot).catch(() => create(world, slot)))
  const twice = creatingBy(
    async (world, slot) => (await Promise.all([create(world, slot), create(world, slot)]))[0],
  )

  test.each<[string, Operation, string, string]>([
    [
      'a create that is sent again because its answer was lost',
      again,
      'reset before the body',
      '1 writes were doubled',
    ],
    [
      'a create that is sent again and meets the one that came late',
      again,
      '504, applied five minutes later',
      '1 writes were doubled',
    ],
    ['a create that is sent twice at once', twice, 'none', '1 equal writes were sent twice at once'],
    ['a call that never ends', creatingBy(() => new Promise(() => {})), 'none', 'the call hangs'],
    [
      'an error of another kind',
      creatingBy(async () => {
        throw new TypeError('x is undefined')
      }),
      'none',
      'a bare TypeError: x is undefined',
    ],
    [
      'a success without anything stored',
      creatingBy(async () => ({})),
      'none',
      'success, but what was written is not stored',
    ],
    [
      'a result that is another contact',
      creatingBy(async (world, slot) => {
        await create(world, slot)
        return { id: 'another' }
      }),
      'none',
      'success, but the result is another contact',
    ],
    [
      'an error that denies a write',
      creatingBy(async (world, slot) => {
        await create(world, slot)
        throw refusal('No', 'no')
      }),
      'none',
      'applied: no, but what is stored has changed',
    ],
    [
      'an error that invents a write',
      creatingBy(async () => {
        throw refusal('Yes', 'yes')
      }),
      'none',
      'applied: yes, but nothing stored has changed',
    ],
    [
      'an error that shows whom it was about',
      creatingBy(async (world, slot) => {
        throw refusal(`No such contact: ${newOne(world, slot).email}`, 'no')
      }),
      'none',
      'the error shows an email',
    ],
    [
      'more requests than it takes',
      creatingBy(async (world, slot) => {
        for (let at = 0; at < 20; at += 1) await world.client.find({ email: `nobody${at}@people.example` })
        return create(world, slot)
      }),
      'none',
      '21 requests instead of 1',
    ],
  ])('%s', async (_, operation, fault, law) => {
    expect(await judged(operation, fault)).toContain(law)
  })

  test('a call that asks without end', async () => {
    const endless = creatingBy(async ({ client }) => {
      for (;;) await client.find({ email: 'nobody@people.example' })
    })
    expect(await judged(endless)).toContain('requests without end')
  })
})

test('the adapter’s own create breaks none, and comes to the same every time', async () => {
  const operation = creatingBy(create)
  const fault = FAULTS.find(({ name }) => name === '504, applied five minutes later')
  expect(await judged(operation, fault?.name, 8)).toEqual([])
  const run = () =>
    runCell({ kit: cognipeerKit, operation, calls: 8, ...(fault && { fault, mode: 'first' }) })
  expect(cellText(await run())).toBe(cellText(await run()))
})

test('a capability that the table does not know is told', async () => {
  const operation = creatingBy(create)
  const { world } = await runCell({ kit: chatbotkitKit, operation, calls: 1 })
  const capabilities = { ...world.client.capabilities, telepathy: { mode: 'native' } }
  expect(() => operationsOf({ ...world.client, capabilities })).toThrow('no operation for telepathy')
})
