/** How long anything that a test waits for may take, on a machine with much else to do. */
const PATIENCE_MS = 150_000

/** Waits for something, and fails with a reason where it does not come. */
export async function within<T>(awaited: Promise<T>, reason: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason())), PATIENCE_MS)
  })
  try {
    return await Promise.race([awaited, late])
  } finally {
    clearTimeout(timer)
  }
}
