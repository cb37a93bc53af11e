export { create } from './create.ts'
export { update } from './update.ts'
