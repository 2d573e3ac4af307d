import type { DuetErrorCode } from "./error-codes.ts"

/** Whether the same frame may be sent again after a while. */
export function isTransient(code: DuetErrorCode): boolean {
  return code === "rate_limited" || code === "overloaded"
}

/** `message` says what to do; the ids are set where the error is about one message. */
export class DuetError extends Error {
  override readonly name = "DuetError"
  readonly receiverId: string | undefined
  readonly messageId: string | undefined

  constructor(
    readonly code: DuetErrorCode,
    message: string,
    about: { readonly receiverId?: string | undefined; readonly messageId?: string | undefined } = {},
  ) {
    super(message)
    this.receiverId = about.receiverId
    this.messageId = about.messageId
  }
}
