import type { Fault } from './faults.ts'
import { reasonPhrase } from './reason-phrase.ts'

/** The usual error body of a vendor for a status. */
export type ErrorBody = (status: number) => object

/** The answer that a fault puts in the place of the real one; `undefined` when it does not. */
export function faultAnswer(fault: Fault, errorBody: ErrorBody): Response | undefined {
  const status = fault.status ?? usualStatus(fault)
  if (status === undefined && fault.body === undefined) return undefined
  return answer(status ?? 200, fault, errorBody)
}

/** The vendor's own answer with the headers and the JSON that a fault gives it. */
export async function changedAnswer(own: Response, { headers, rewrite }: Fault): Promise<Response> {
  if (headers === undefined && rewrite === undefined) return own
  const { status, statusText } = own
  const merged = new Headers(own.headers)
  for (const [name, value] of Object.entries(headers ?? {})) merged.set(name, value)
  if (rewrite === undefined || !isJson(own))
    return new Response(own.body, { status, statusText, headers: merged })
  const text = await own.text()
  const body = text === '' ? null : JSON.stringify(rewrite(JSON.parse(text)))
  return new Response(body, { status, statusText, headers: merged })
}

function isJson({ headers }: Response): boolean {
  return headers.get('content-type')?.split(';')[0] === 'application/json'
}

function usualStatus({ retryAfter, html, applyAfterMs, cut, stall, body }: Fault): number | undefined {
  if (retryAfter !== undefined) return 429
  if (html) return 502
  const isAnswered = cut === undefined && stall === undefined && body === undefined
  return applyAfterMs !== undefined && isAnswered ? 504 : undefined
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
