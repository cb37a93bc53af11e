import { createEmulator } from '@anycontact/emulator'

let time = Date.UTC(2026, 0, 1)
const slept: number[] = []

const { chatbotkit } = createEmulator({
  now: () => time,
  seed: 1,
  sleep: async (ms) => {
    slept.push(ms)
    time += ms
  },
})
chatbotkit.faults.add({ latencyMs: 5000 })

const url = 'https://api.chatbotkit.com/v1/contact/list'
await chatbotkit.fetch(url, { headers: { authorization: 'Bearer sk-emulator' } })

console.log(slept) // [ 5000 ]
