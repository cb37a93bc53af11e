import {
  ContactsError,
  type FailureEvent,
  type RequestEvent,
  type ResponseEvent,
} from '@anycontact/chatbotkit'
import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('contacts')

function fail(span: Span, type: string): void {
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR })
}

/** Options of a client that make a span of each request it sends, below the span that is active. */
export function tracingHooks() {
  const open = new WeakMap<object, { readonly span: Span; readonly resends: number }>()
  return {
    onRequest({ request, provider, operation, method, url }: RequestEvent): void {
      const { origin, hostname, port, protocol } = new URL(url)
      const template = url.slice(origin.length)
      const resends = (open.get(request)?.resends ?? -1) + 1
      const attributes = {
        'http.request.method': method,
        'url.template': template,
        'server.address': hostname,
        'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
        'anycontact.provider': provider,
        'anycontact.operation': operation,
        ...(resends > 0 && { 'http.request.resend_count': resends }),
      }
      const span = tracer.startSpan(`${method} ${template}`, { kind: SpanKind.CLIENT, attributes })
      open.set(request, { span, resends })
    },
    onResponse({ request, status }: ResponseEvent): void {
      const span = open.get(request)?.span
      span?.setAttribute('http.response.status_code', status)
      if (span && status >= 400) fail(span, String(status))
      span?.end()
    },
    onFailure({ request, code }: FailureEvent): void {
      const span = open.get(request)?.span
      if (span) fail(span, code ?? 'aborted')
      span?.end()
    },
  }
}

/** Runs a call in a span, below which the spans of its requests stand. */
export function traced<T>(name: string, call: () => PromiseLike<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await call()
    } catch (error) {
      fail(span, ContactsError.is(error) ? error.code : 'aborted')
      throw error
    } finally {
      span.end()
    }
  })
}
