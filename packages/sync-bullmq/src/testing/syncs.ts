import { copied } from './copied.ts'

// What the bin is given in its test.
export default [copied(process.env.EMULATOR_URL ?? '')]
