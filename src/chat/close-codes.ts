import type { StopReason } from "../actor/index.ts"

/** Why sockets are closed; see `docs/protocol.md` for who may come back. */
export const closeCodes = {
  failed: { code: 1011, reason: "the session failed, join again" },
  broken: { code: 1011, reason: "this connection failed, come back" },
  restarting: { code: 1012, reason: "the server restarts, come back" },
  replaced: { code: 4409, reason: "replaced by a newer socket" },
  left: { code: 4410, reason: "you left" },
  badFrames: { code: 4429, reason: "too many bad frames" },
  tooMuch: { code: 4429, reason: "too much for too long" },
} as const

export type Closing = (typeof closeCodes)[keyof typeof closeCodes]

/** What the sockets of a session are told when it ends. */
export function closingOf(reason: StopReason): Closing {
  if (reason === "shutdown") return closeCodes.restarting
  return reason === "stopped" || reason === "finished" ? closeCodes.left : closeCodes.failed
}
