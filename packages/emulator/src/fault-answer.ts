import type { Fault } from './faults.ts'
import { reasonPhrase } from './reason-phrase.ts'

/** The usual error body of a vendor for a status. */
export type ErrorBody = (status: number) => object

/** The answer that a fault puts in the place of the real one; `undefined` when it does not. */
export function faultAnswer(fault: Fault, errorBody: ErrorBody): Response | undefined {
  const status = fault.status ?? (fault.retryAfter !== undefined ? 429 : fault.html ? 502 : undefined)
  if (status === undefined && fault.body === undefined) return undefined
  return answer(status ?? 200, fault, errorBody)
}

function answer(status: number, fault: Fault, errorBody: ErrorBody): Response {
  const headers = new Headers({ 'content-type': contentType(fault) })
  if (fault.retryAfter !== undefined) headers.set('retry-after', retryAfter(fault.retryAfter))
  for (const [name, value] of Object.entries(fault.headers ?? {})) headers.set(name, value)
  const body = [204, 304].includes(status) ? null : answerBody(status, fault, errorBody)
  return new Response(body, { status, statusText: reasonPhrase(status), headers })
}

function contentType(fault: Fault): string {
  if (fault.html) return 'text/html; charset=utf-8'
  return typeof fault.body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
}

function answerBody(status: number, fault: Fault, errorBody: ErrorBody): string {
  if (typeof fault.body === 'string') return fault.body
  if (fault.body !== undefined) return JSON.stringify(fault.body)
  return fault.html ? htmlPage(status) : JSON.stringify(errorBody(status))
}

function retryAfter(value: number | Date): string {
  return typeof value === 'number' ? String(value) : value.toUTCString()
}

function htmlPage(status: number): string {
  const title = `${status} ${reasonPhrase(status)}`
  return `<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1><hr>edge</body>\n</html>\n`
}
