export * from '@anycontact/emulator'
