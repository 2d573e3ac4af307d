import { keyPrefix, subprotocol } from "../../wire/handshake.ts"
import { isKey } from "../http/pages/identity.ts"

/** A client that asks for `duet.v1`, with its key or for a new one. */
export interface Offer {
  readonly subprotocol: typeof subprotocol
  readonly key: string | undefined
}

/** Reads `Sec-WebSocket-Protocol`; nothing when nothing is offered. */
export function readOffer(request: Request): Offer | "bad-key" | "unknown" | undefined {
  const header = request.headers.get("sec-websocket-protocol")
  if (header === null) return undefined
  const offered = header.split(",").map((each) => each.trim())
  if (!offered.includes(subprotocol)) return "unknown"
  const key = offered.find((each) => each.startsWith(keyPrefix))?.slice(keyPrefix.length)
  return key === undefined || isKey(key) ? { subprotocol, key } : "bad-key"
}
