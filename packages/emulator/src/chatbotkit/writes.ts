import type { ReadWrite } from '../audit.ts'

/** Tells what a request writes. A contact's secret is revoked or tried out by a POST; `ensure` creates nothing twice. */
export const readWrite: ReadWrite = ({ method, path, json }) => {
  if (method !== 'POST') return undefined
  if (path.endsWith('/contact/create')) return { kind: 'create', made: [{ content: json }] }
  return { kind: 'change' }
}
