import { expect, test } from 'vitest'
import { runCli } from '../cli.ts'

test('the program serves sample contact methods, and says how to connect', async () => {
  let out = ''
  const result = await runCli(['--port', '0'], { out: (text) => (out += text), err: (text) => (out += text) })
  if (!('server' in result)) throw new Error(out)
  try {
    const { url } = result.server
    expect(out).toContain(
      `contactMethods({ apiKey: 'artu-emulator', environment: 'test', baseUrl: '${url}' })`,
    )
    expect(out).toContain(
      `new ComplianceSDK({ apiKey: 'artu-emulator', environment: 'test', baseUrl: '${url}' })`,
    )
    const response = await fetch(`${url}/contact-methods/list`, {
      method: 'POST',
      headers: { authorization: 'Bearer artu-emulator', 'x-environment': 'test' },
    })
    const { data } = await response.json()
    expect(out).toContain(`${data.length} contact methods`)
    expect(data.length).toBeGreaterThan(5)
    expect(new Set(data.map(({ clientId }: { clientId: string }) => clientId)).size).toBe(3)
  } finally {
    await result.server.close()
  }
})
