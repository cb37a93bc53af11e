import { expect, test } from 'vitest'
import { listenProblem } from './listen-problem.ts'

const problem = (code: string, port = 80, host = 'host.test') =>
  listenProblem(Object.assign(new Error('listen'), { code }), { port, host })

test.each([
  ['EADDRINUSE', 'Port 80 of host.test is in use.'],
  ['EACCES', 'Port 80 of host.test is not allowed: below 1024 most systems want more rights.'],
])('%s names the port, and says how to get another', (code, start) => {
  expect(problem(code)?.startsWith(start)).toBe(true)
  expect(problem(code)).toContain('--port 0 takes a free one')
  expect(problem(code)).not.toContain('\n')
})

test('a port above those that want more rights is not allowed for a reason of the system’s', () => {
  expect(problem('EACCES', 4010)).toMatch(/^Port 4010 of host\.test is not allowed\./)
})

test.each(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'])('%s names the address', (code) => {
  expect(problem(code)).toMatch(/^--host host\.test is no address of this machine\./)
})

test('another error is none of these', () => {
  expect(problem('EMFILE')).toBeUndefined()
  expect(listenProblem(undefined, { port: 1, host: 'h' })).toBeUndefined()
})
