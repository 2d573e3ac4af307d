import type { Closings, ProtocolCloseCodes } from "../src/wire/close-codes.ts"
import { DuetError } from "./errors.ts"

/** A frame was larger than the server takes. */
export const frameTooLarge: ProtocolCloseCodes["tooLarge"] = 1009
export const asked: ProtocolCloseCodes["asked"] = 1000
export const dropped: ProtocolCloseCodes["dropped"] = 1006
export const restarting: Closings["restarting"]["code"] = 1012
export const overloaded: ProtocolCloseCodes["overloaded"] = 1013

const failed: Closings["failed"]["code"] = 1011
const replaced: Closings["replaced"]["code"] = 4409
const left: Closings["left"]["code"] = 4410
const tooMuch: Closings["tooMuch" | "badFrames"]["code"] = 4429

/** Why a client does not reconnect after this close code; `undefined` when it does. */
export function finalReason(code: number): DuetError | undefined {
  switch (code) {
    case replaced:
      return new DuetError(
        "replaced",
        "This user is connected too often: newer sockets took this one's place.",
      )
    case left:
      return new DuetError("left", "The user left: connect anew to come back.")
    case tooMuch:
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
  return code === failed || code === overloaded
}
