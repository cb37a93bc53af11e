/// <reference types="node" />
import type { ServerResponse } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { ConnectionCut, isStreamed, withBody } from './connection.ts'
import type { Handler } from './handler.ts'

/** Where to serve. */
export interface ListenOptions {
  /** @default 0, any free port */
  readonly port?: number
  /** @default '127.0.0.1' */
  readonly hostname?: string
}

/** A server on a socket. */
export interface EmulatorServer {
  /** Its base address, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Stops it, breaking the connections that are open; does nothing when it is stopped already. */
  close(): Promise<void>
}

/** Serves a handler on a socket; resolves once it accepts connections, rejects when the port cannot be had. */
export async function listen(handler: Handler, options: ListenOptions): Promise<EmulatorServer> {
  const hostname = options.hostname ?? '127.0.0.1'
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    fetch: async (request, { outgoing }) => answer(request, handler, outgoing),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, hostname, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  // Every network's address is none that can be asked everywhere, on Windows for one; this machine's own is among them.
  const reached = hostname === '0.0.0.0' ? '127.0.0.1' : hostname === '::' ? '::1' : hostname
  return {
    url: `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        // It fails only when the server is closed already.
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** The answer's side of the connection. */
type Outgoing = Pick<ServerResponse, 'socket'>

/** Tells the Node adapter that it has nothing to send. */
const ALREADY_SENT = { 'x-hono-already-sent': 'true' }

async function answer(request: Request, handler: Handler, outgoing: Outgoing): Promise<Response> {
  try {
    const response = await handler(request, request.signal)
    // The adapter reads ahead in a body that is not marked as streamed, and answers 500 when it breaks early.
    if (response.body === null || !isStreamed(response)) return response
    return withBody(response, cutSocketOnError(response.body, outgoing))
  } catch (error) {
    if (!(error instanceof ConnectionCut) && !request.signal.aborted) throw error
    outgoing.socket?.destroy()
    return new Response(null, { headers: ALREADY_SENT })
  }
}

/** Passes a body on; where it breaks, the socket is destroyed once what came before has left. */
function cutSocketOnError(body: ReadableStream<Uint8Array>, outgoing: Outgoing): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch {
          await flushed(outgoing)
          outgoing.socket?.destroy()
          // The adapter cancels the stream when it sees the socket close.
          await new Promise(() => {})
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

async function flushed(outgoing: Outgoing): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  const { socket } = outgoing
  if (socket === null || socket.destroyed || socket.writableLength === 0) return
  await new Promise<void>((resolve) => {
    socket.once('drain', resolve)
    socket.once('close', resolve)
  })
}
