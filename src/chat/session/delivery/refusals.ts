import type { Outlet } from "../outlet.ts"
import type { Command } from "../session-message.ts"

export type Say = Command & { type: "say" }

const refusals = {
  self: "You cannot write to yourself: choose somebody else.",
  bad_frame: "`client_id` was used for another message: give each its own.",
  receiver_offline: "They are not here: nothing was sent.",
  overloaded: "Too many messages wait for them: try again in a moment.",
}

/** Tells the socket that said it why a message was not sent. */
export function refuse(outlet: Outlet, { receiverId, clientId }: Say, code: keyof typeof refusals): void {
  outlet.send({ type: "error", code, message: refusals[code], receiverId, clientId })
}
