/**
 * A copy of a text that does not keep the text alive that it was cut from: engines keep a part as a view of the whole.
 *
 * @param text - part of a file
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1)
}
