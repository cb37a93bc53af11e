/** Counts the response bodies that are being sent. */
export interface OpenStreams {
  /** How many bodies are neither read to their end nor given up. */
  readonly count: number
  /** Counts a body as open until it ends, fails or is cancelled. */
  track(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array>
}

/** Makes a counter of open bodies. */
export function createOpenStreams(): OpenStreams {
  let count = 0
  return {
    get count() {
      return count
    },
    track(body) {
      const reader = body.getReader()
      let open = true
      count += 1
      const close = (): void => {
        if (open) count -= 1
        open = false
      }
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            try {
              const { done, value } = await reader.read()
              if (!done) return controller.enqueue(value)
              close()
              controller.close()
            } catch (error) {
              close()
              controller.error(error)
            }
          },
          async cancel(reason) {
            close()
            await reader.cancel(reason)
          },
        },
        // Nothing is produced before the consumer asks for it.
        { highWaterMark: 0 },
      )
    },
  }
}
