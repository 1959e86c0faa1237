// The start and the end of a page, for the outbox: a disk that is not available at once, and a page that goes away.

/** Do it again until it works. */
export async function atLast(work: () => Promise<void>, onFailure: (error: unknown) => void): Promise<void> {
  for (let waitMs = 1000; ; waitMs = Math.min(30_000, waitMs * 2))
    try {
      return await work()
    } catch (error) {
      onFailure(error)
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
}

/** Do it whenever this may be the page's last moment. */
export function whenPageMayGo(work: () => void): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) work()
  })
  document.addEventListener('freeze', work)
  addEventListener('pagehide', work)
}
