import { type TSchema, Type } from "@sinclair/typebox"
import { classicClientFrames, classicServerFrames } from "../../../wire/classic.ts"
import { clientFrames, serverFrames } from "../../../wire/duet-v1.ts"
import { cursor, keyPrefix, subprotocol } from "../../../wire/handshake.ts"
import type { Frames } from "../../../wire/schema.ts"

/** The WebSocket's description for tools (AsyncAPI 3), from the schemas that validate frames. */
export function asyncApi(version: string) {
  const classic = channel(
    "The classic protocol: no subprotocol is offered; the connection is the user.",
    classicClientFrames,
    classicServerFrames,
  )
  const duetV1 = channel(
    `Offer \`${subprotocol}\`, and \`${keyPrefix}<key>\` with a key; \`?after=<seq>&epoch=<epoch>\` resumes.`,
    clientFrames,
    serverFrames,
    { bindings: { ws: { query: Type.Partial(cursor) } } },
  )
  return {
    asyncapi: "3.0.0",
    info: { title: "Duet", version, description: "See docs/protocol.md.", license: { name: "MIT" } },
    defaultContentType: "application/json",
    channels: { classic, duetV1 },
    operations: {
      ...operations("classic", classic.messages),
      ...operations("duetV1", duetV1.messages),
    },
  }
}

interface MessageObject {
  readonly name: string
  readonly payload: TSchema
}

function channel(description: string, received: Frames, sent: Frames, more: object = {}) {
  const messages: Record<string, MessageObject> = {}
  for (const [type, payload] of Object.entries(received))
    messages[`received_${type}`] = { name: type, payload }
  for (const [type, payload] of Object.entries(sent)) messages[`sent_${type}`] = { name: type, payload }
  return {
    address: "/ws/{user_name}",
    description,
    parameters: { user_name: { description: "Percent-encoded; left out, the server makes a name up" } },
    ...more,
    messages,
  }
}

/** AsyncAPI's operations, from the server's side: what it receives and what it sends. */
function operations(name: string, messages: Readonly<Record<string, MessageObject>>) {
  const operation = (action: "receive" | "send", prefix: string) => ({
    action,
    channel: { $ref: `#/channels/${name}` },
    messages: Object.keys(messages)
      .filter((key) => key.startsWith(prefix))
      .map((key) => ({ $ref: `#/channels/${name}/messages/${key}` })),
  })
  return {
    [`${name}_receive`]: operation("receive", "received_"),
    [`${name}_send`]: operation("send", "sent_"),
  }
}
