/** Somebody who joins: who they are does not depend on what they speak. */
export interface Identity {
  readonly id: string
  readonly name: string
  readonly key: string
}

/** What a client hears, whichever dialect it was said in; what the property does not look at is left out. */
export type Heard =
  | { readonly type: "hello"; readonly resumed: boolean; readonly epoch: string }
  | {
      readonly type: "message"
      readonly seq: number
      readonly id: string
      readonly own: boolean
      readonly clientId: string | undefined
      /** Empty when it was taken back. */
      readonly content: string
    }
  | { readonly type: "resync"; readonly from: number }
  | { readonly type: "delivered"; readonly peerId: string; readonly messageId: string }
  | { readonly type: "undelivered"; readonly messageId: string }
  | { readonly type: "unsent"; readonly messageId: string }
  | { readonly type: "typing"; readonly userId: string }
  | { readonly type: "refused"; readonly code: string; readonly clientId: string | undefined }

/** What a client has: the newest number, and the epoch that it is of. */
export interface Cursor {
  readonly after: number
  readonly epoch: string
}

/** What a proxy in front would add to a request. */
export type ProxyHeaders = Readonly<Record<string, string>>

/** One dialect from a client's side. What clients send is the same in all. */
export interface Tongue {
  readonly name: string
  /** Whether `delivered` waits for the client's own acknowledgement. */
  readonly acknowledges: boolean
  join(serverUrl: string, name: string, headers?: ProxyHeaders): Promise<Identity>
  /** Opens a socket at `url`, the server's or a relay's. */
  open(url: string, identity: Identity, cursor: Cursor | undefined, headers?: ProxyHeaders): WebSocket
  hear(raw: string, identity: Identity): Heard | undefined
}

/** A frame as it came; the fields are looked at one by one. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

export function optionalText(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value)
}

export function query(cursor: Cursor | undefined): string {
  return cursor === undefined ? "" : `?after=${cursor.after}&epoch=${cursor.epoch}`
}
