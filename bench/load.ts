/** People who talk to each other as fast as they can. */
export interface Load {
  /** Talks for `ms` milliseconds, and answers how many messages reached their receiver. */
  run(ms: number): Promise<number>
  close(): void
}
