import { idOfKey } from "../../../../src/web/http/pages/identity.ts"
import type { Known } from "./words.ts"

/** The latest ids that an attacker has seen, for its frames. */
const remembered = 30

/** The users that an attacker was, and the messages that it saw. */
export class HostileCrowd implements Known {
  readonly keys: string[] = []
  readonly ids: string[] = ["00000000-0000-8000-8000-000000000000"]
  readonly messages: string[] = []

  add(key: string): void {
    remember(this.keys, key)
    remember(this.ids, idOfKey(key))
  }

  /** Collects the ids of messages and senders from a server's frames. */
  learn(received: Buffer): void {
    const text = received.subarray(0, 65_536).toString("latin1")
    for (const [, id = ""] of text.matchAll(/"(?:message":\{"id|message_id)":"([0-9a-f-]{36})"/g))
      remember(this.messages, id)
    for (const [, id = ""] of text.matchAll(/"user_id":"([0-9a-f-]{36})"/g)) remember(this.ids, id)
  }
}

function remember(list: string[], item: string): void {
  if (list.includes(item)) return
  list.push(item)
  if (list.length > remembered) list.shift()
}
