export * from '@anycontact/formats'
