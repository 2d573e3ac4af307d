/** Lists name everyone up to so many online, and beyond that the latest of them alone. */
export const listedAtMost = 200
export const listedOfCrowd = 50

/** Bytes a second that lists may take of one socket: a quarter of a link of 2 Mbit/s. */
export const listRate = 65_536

/**
 * When the next list may go out after one that cost `bytes`: a crowd stretches the time between
 * lists, so that announcing never takes more than `budget` bytes a second (0: no bound).
 */
export function nextAnnouncement(now: number, bytes: number, budget: number): number {
  return budget > 0 ? now + (bytes / budget) * 1000 : now
}
