import { createEmulator } from '@anycontact/emulator'

const { chatbotkit } = createEmulator({
  chatbotkit: {
    secrets: {
      'sk-other': 'other',
      'widget-jwt': { account: 'emulator', kind: 'jwt', trusted: false },
    },
    accounts: { child: { parent: 'emulator', email: 'child@example.com' } },
    pollLimit: 100,
  },
})

chatbotkit.seed([{ name: 'Ana' }]) // the account of sk-emulator
chatbotkit.seed([{ name: 'Kid' }], 'child')

console.log(chatbotkit.contactsOf('child').length) // 1
