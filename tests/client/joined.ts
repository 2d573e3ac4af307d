import { type ConnectOptions, connect, type DuetEvents } from "../../client/index.ts"
import { fakePlatform } from "./fake-platform.ts"

export const bob = "bob-id"

/** A client whose server is the test; it has joined unless `established` is false. */
export function join({
  established = true,
  ...own
}: Partial<ConnectOptions> & { established?: boolean } = {}) {
  const world = fakePlatform()
  const duet = connect({ url: "http://chat.example", name: "anna", ...world.options, ...own })
  if (established) world.socket.establish()
  return Object.assign(world, {
    duet,
    /** The events of one type from now on. */
    heard<K extends keyof DuetEvents>(type: K): DuetEvents[K][] {
      const events: DuetEvents[K][] = []
      duet.on(type, (event) => void events.push(event))
      return events
    },
    /** Cuts the connection and opens the next one. */
    comeBack(session: { resumed?: boolean; seq?: number; epoch?: string } = {}): void {
      world.socket.drop()
      world.advance(8000)
      world.socket.establish({ resumed: true, ...session })
    },
  })
}

/** A message as the server sends it; without a `client_id` it is one of the peer's. */
export function messageFrame(seq: number, content: string, clientId?: unknown): object {
  const [sender_id, receiver_id] = clientId === undefined ? [bob, "anna-id"] : ["anna-id", bob]
  return {
    type: "chat_message",
    seq,
    ...(clientId !== undefined && { client_id: clientId }),
    message: { id: idOf(seq), sender_id, receiver_id, content, timestamp: "2026-01-01T12:00:00.000Z" },
  }
}

/** Ids ascend with the number, as the server's ascend with time. */
export function idOf(seq: number): string {
  return `id-${String(seq).padStart(4, "0")}`
}
