import { isKey } from "./identity.ts"

const subprotocol = "duet.v1"
const keyPrefix = "duet.key."

/** A client that asks for `duet.v1`, with its key or for a new one. */
export interface Offer {
  readonly subprotocol: typeof subprotocol
  readonly key: string | undefined
}

/** Reads `Sec-WebSocket-Protocol`; nothing when `duet.v1` is not among what is offered. */
export function readOffer(request: Request): Offer | "bad-key" | undefined {
  const offered = (request.headers.get("sec-websocket-protocol") ?? "").split(",").map((each) => each.trim())
  if (!offered.includes(subprotocol)) return undefined
  const key = offered.find((each) => each.startsWith(keyPrefix))?.slice(keyPrefix.length)
  return key === undefined || isKey(key) ? { subprotocol, key } : "bad-key"
}
