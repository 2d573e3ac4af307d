/** One thing said. The same object is held by both sides; nothing in it changes after it was stamped. */
export class Message {
  constructor(
    /** UUIDv7: they ascend in the order in which this process stamped them. */
    readonly id: string,
    readonly senderId: string,
    readonly receiverId: string,
    /** Empty once it was unsent. */
    readonly content: string,
    /** Milliseconds since the epoch. */
    readonly at: number,
    /** Size of the content in UTF-8. */
    readonly bytes: number,
    /** The id of the message that this answers. */
    readonly replyTo: string | undefined,
    readonly unsent: boolean,
  ) {}

  /** What is left of a message that its sender took back. */
  withoutContent(): Message {
    return new Message(this.id, this.senderId, this.receiverId, "", this.at, 0, this.replyTo, true)
  }
}

const messageIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a message could have this id. */
export function isMessageId(text: string): boolean {
  return messageIdForm.test(text)
}
