export * from '@anycontact/core'
