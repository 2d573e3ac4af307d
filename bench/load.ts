/** Users who write to each other as fast as they can. */
export interface Load {
  /** Sends for `ms` milliseconds, and resolves with the number of messages delivered. */
  run(ms: number): Promise<number>
  close(): void
}
