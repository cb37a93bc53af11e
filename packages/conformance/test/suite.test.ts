import { expect, test } from 'vitest'
import { conformanceTests, testAdapter } from '../src/index.ts'
import { runSuite } from './run-suite.ts'

test('an honest adapter passes', async () => {
  const { ran, failures } = await runSuite(/./)
  expect(failures).toEqual([])
  expect(ran).toBeGreaterThan(150)
})

test('every test has a name of its own', () => {
  const names = conformanceTests({ create: () => Promise.reject(new Error('not called')) }).map(
    ({ name }) => name,
  )
  expect(new Set(names).size).toBe(names.length)
  expect(names.every((name) => name.startsWith('conformance: '))).toBe(true)
})

test('testAdapter registers the tests with the runner at once, and runs none', () => {
  const registered: string[] = []
  const create = () => Promise.reject(new Error('not called'))
  testAdapter({ test: (name) => registered.push(name), create, prefix: 'crm ' })
  expect(registered).toEqual(conformanceTests({ create, prefix: 'crm ' }).map(({ name }) => name))
})
