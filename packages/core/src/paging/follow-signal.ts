/** A signal of one listing. */
export interface FollowedSignal {
  readonly signal: AbortSignal
  /** Ends what is still under way; called when the listing is over or was left. */
  end(): void
}

/**
 * Makes a signal that is aborted with the caller's, for the same reason, and also when the consumer stops.
 *
 * @param outer - the caller's
 */
export function followSignal(outer: AbortSignal | undefined): FollowedSignal {
  const controller = new AbortController()
  const follow = (): void => controller.abort(outer?.reason)
  if (outer?.aborted) follow()
  else outer?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    end() {
      outer?.removeEventListener('abort', follow)
      controller.abort(new DOMException('The listing was left.', 'AbortError'))
    },
  }
}
