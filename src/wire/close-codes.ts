/** Why the server closes a socket; `docs/protocol.md` says after which codes a client reconnects. */
export const closings = {
  failed: { code: 1011, reason: "the session failed, join again" },
  broken: { code: 1011, reason: "this connection failed, come back" },
  restarting: { code: 1012, reason: "the server restarts, come back" },
  replaced: { code: 4409, reason: "replaced by a newer socket" },
  left: { code: 4410, reason: "you left" },
  badFrames: { code: 4429, reason: "too many bad frames" },
  tooMuch: { code: 4429, reason: "too much for too long" },
} as const
export type CloseReason = keyof typeof closings

/** Codes that come from the WebSocket itself: its client, its protocol, its connection. */
export const protocolCloseCodes = {
  asked: 1000,
  goingAway: 1001,
  protocolBroken: 1002,
  dropped: 1006,
  noUtf8: 1007,
  tooLarge: 1009,
  /** From a proxy in front: the server itself refuses before the upgrade. */
  overloaded: 1013,
} as const

export type Closings = typeof closings
export type ProtocolCloseCodes = typeof protocolCloseCodes
