import { expect, test } from 'vitest'
import { channelInboxGreeting } from './channel-inbox/greeting.ts'
import { chatbotkitGreeting } from './chatbotkit/greeting.ts'
import { cognipeerGreeting } from './cognipeer/greeting.ts'
import { contactMethodsGreeting } from './contact-methods/greeting.ts'

test.each([
  [chatbotkitGreeting, 'contact'],
  [cognipeerGreeting, 'contact'],
  [channelInboxGreeting, 'contact'],
  [contactMethodsGreeting, 'contact method'],
])('%o counts as people do', (greeting, noun) => {
  expect(greeting('http://localhost', 1)).toContain(`1 ${noun})`)
  expect(greeting('http://localhost', 0)).toContain(`0 ${noun}s)`)
  expect(greeting('http://localhost', 2)).toContain(`2 ${noun}s)`)
})
