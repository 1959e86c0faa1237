// How much room the browser gives this page, and whether it may clear it away by itself.

export interface StorageRoom {
  readonly usedBytes: number | null
  readonly quotaBytes: number | null
  /** The browser has promised not to clear it away for want of room. */
  readonly persisted: boolean
}

/** Never throws: a browser that does not tell leaves null. */
export async function measureRoom(): Promise<StorageRoom> {
  try {
    const [{ usage, quota }, persisted] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ])
    return { usedBytes: usage ?? null, quotaBytes: quota ?? null, persisted }
  } catch {
    return { usedBytes: null, quotaBytes: null, persisted: false }
  }
}

/** Ask the browser to keep what is here; it may ask the person. Never throws. */
export async function askToPersist(): Promise<void> {
  try {
    await navigator.storage.persist()
  } catch {
    // Then it does not promise it.
  }
}
