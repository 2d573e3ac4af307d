import { DuetError } from "./errors.ts"

/** A frame was larger than the server takes. */
export const frameTooLarge = 1009

/** Why a client does not reconnect after this close code; `undefined` when it does. */
export function finalReason(code: number): DuetError | undefined {
  switch (code) {
    case 4409:
      return new DuetError(
        "replaced",
        "This user is connected too often: newer sockets took this one's place.",
      )
    case 4410:
      return new DuetError("left", "The user left: connect anew to come back.")
    case 4429:
      return new DuetError(
        "bad_frames",
        "The server closed a client that sent too many bad frames, or too much for too long: send less.",
      )
    default:
      return undefined
  }
}

/** Whether the server itself failed: then a connection that was open for a moment does not reset the backoff. */
export function isServerFailure(code: number): boolean {
  return code === 1011 || code === 1013
}
