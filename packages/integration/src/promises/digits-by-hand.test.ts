// What is read by hand and given back is written as it came, or refused.
import { chatbotkit } from '@anycontact/chatbotkit'
import { expect, test } from 'vitest'

test('a number with more digits than JavaScript holds is never written back changed', async () => {
  const bodies: unknown[] = []
  const whole = '{"rate":0.12345678901234567891,"steps":[{"at":1.2345678901234567891}]}'
  const contacts = chatbotkit({
    secret: 's',
    async fetch(_, { body } = {}) {
      const text = bodies.push(body) > 2 ? '{"id":17841400008460057}' : whole
      return new Response(text, { headers: { 'content-type': 'application/json' } })
    },
  })
  const back = async (): Promise<unknown> => {
    const json = Object(await contacts.request({ path: '/x' }))
    return contacts.request({ method: 'POST', path: '/x', json })
  }
  await back()
  expect(bodies).toEqual([null, whole])
  await expect(back()).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'json.id' }] })
  expect(bodies).toHaveLength(3)
})
