/** One thing said. The same object is held by both sides; nothing in it changes after it was stamped. */
export class Message {
  /** This message as a frame of JSON, made at most once, by whichever outlet needs it first. */
  frame: string | undefined

  constructor(
    /** UUIDv7: ascending in time. */
    readonly id: string,
    readonly senderId: string,
    readonly receiverId: string,
    readonly content: string,
    /** Milliseconds since the epoch. */
    readonly at: number,
    /** Size of the content in UTF-8. */
    readonly bytes: number,
  ) {}
}

/** Stamps what was said with an id and a time. */
export function stamp(senderId: string, receiverId: string, content: string, now: number): Message {
  return new Message(
    Bun.randomUUIDv7("hex", now),
    senderId,
    receiverId,
    content,
    now,
    Buffer.byteLength(content),
  )
}
