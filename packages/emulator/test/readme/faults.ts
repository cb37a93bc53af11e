import { createEmulator } from '@anycontact/emulator'

const { chatbotkit } = createEmulator()
const { faults } = chatbotkit

// The next two listings are refused, with a wait of three seconds asked for.
faults.add({ path: '/contact/list', times: 2, retryAfter: 3 })

// The next create is stored, but its answer is lost with the connection.
faults.add({ method: 'POST', path: '/contact/create', cut: 'answer' })

// The second fetch from now on is an edge's HTML page.
faults.add({ path: /\/fetch$/, skip: 1, html: true, status: 502 })

// A JSONL listing breaks after ten lines, sent in chunks of seven bytes.
faults.add({ path: '/contact/list', cut: { afterLines: 10 }, chunkBytes: 7 })

console.log(faults.pending) // 4
