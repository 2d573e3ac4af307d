import { type TObject, type TSchema, Type } from "@sinclair/typebox"
import { classicFrame, clientFrames } from "../../sockets/dialects/frames.ts"
import { classicServerFrames, serverFrames } from "../../sockets/dialects/server-frames.ts"

/** The WebSocket's description for tools (AsyncAPI 3), from the schemas that validate frames. */
export function asyncApi(version: string) {
  const classic = channel(
    "The classic protocol: no subprotocol is offered; the connection is the user.",
    { chat_message: classicFrame },
    classicServerFrames,
  )
  const duetV1 = channel(
    "Offer `duet.v1`, and `duet.key.<key>` with a key; `?after=<seq>&epoch=<epoch>` resumes.",
    clientFrames,
    serverFrames,
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

function channel(
  description: string,
  received: Readonly<Record<string, TObject>>,
  sent: Readonly<Record<string, TSchema>>,
) {
  const messages: Record<string, MessageObject> = {}
  for (const [type, fields] of Object.entries(received)) {
    messages[`received_${type}`] = {
      name: type,
      payload: Type.Object({ type: Type.Literal(type), ...fields.properties }),
    }
  }
  for (const [type, payload] of Object.entries(sent)) messages[`sent_${type}`] = { name: type, payload }
  return {
    address: "/ws/{user_name}",
    description,
    parameters: { user_name: { description: "Percent-encoded; left out, the server makes a name up" } },
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
