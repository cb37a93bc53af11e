import { createEmulator } from '@anycontact/emulator'

const { chatbotkit } = createEmulator()
const create = (name: string) =>
  chatbotkit.fetch('https://api.chatbotkit.com/v1/contact/create', {
    method: 'POST',
    headers: { authorization: 'Bearer sk-emulator', 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })

// Stored, but its client hears of a failure and sends it again.
chatbotkit.faults.add({ status: 502, applied: true })
await create('Ana')
await create('Ana')
// Twice the same, each answered: they may be meant.
await create('Bo')
await create('Bo')

const { doubled, equal } = chatbotkit.audit()
console.log(doubled.length) // 1
console.log(doubled[0]?.requests.map((request) => request.status)) // [ 502, 200 ]
console.log(equal.length) // 1
