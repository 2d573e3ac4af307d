/**
 * When the next list may go out after one that cost `bytes`: a crowd stretches the time between
 * lists, so that announcing never takes more than `budget` bytes a second (0: no bound).
 */
export function nextAnnouncement(now: number, bytes: number, budget: number): number {
  return budget > 0 ? now + (bytes / budget) * 1000 : now
}
