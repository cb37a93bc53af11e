/** A handler that answers a request or throws `ConnectionCut`. */
export type Handler = (request: Request, signal: AbortSignal | undefined) => Promise<Response>
