/** Waits so long for something that goes on by itself. @returns null where it has not come by then */
export async function orAfter<T>(ms: number, coming: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), ms)
  try {
    return await Promise.race([coming, late])
  } finally {
    clearTimeout(timer)
  }
}
