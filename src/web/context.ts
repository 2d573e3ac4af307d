import type { ActorSystem, Ref } from "../actor/index.ts"
import type { Directory } from "../chat/presence/directory.ts"
import type { PresenceMessage } from "../chat/presence/presence-message.ts"
import type { Log } from "../log/log.ts"
import type { ReadinessPart } from "./http/api/health.ts"

/** What the web layer depends on. */
export interface WebContext {
  readonly system: ActorSystem
  readonly directory: Directory
  readonly presence: Ref<PresenceMessage>
  /** Whether there is no memory for another session. */
  readonly memory: { readonly exhausted: boolean }
  readonly config: WebConfig
  readonly version: string
  /**
   * Echo, who is always online and has no limits, for it answers everybody. A socket gets this id only with this key.
   */
  readonly companion: { readonly id: string; readonly name: string; readonly key: string }
  readonly log: Log
  /** The parts that `/health/ready` reports, by name. */
  readonly readiness: Readonly<Record<string, () => ReadinessPart>>
}

/** The settings that the web layer reads; see `docs/operations.md`. */
export interface WebConfig {
  readonly PORT: number
  readonly HOST: string
  readonly ALLOWED_ORIGINS: readonly string[]
  readonly TRUST_PROXY: number
  readonly CONTENT_LIMIT: number
  readonly FRAME_LIMIT: number
  readonly MESSAGE_RATE: number
  readonly MESSAGE_BURST: number
  readonly BYTE_RATE: number
  readonly BYTE_BURST: number
  readonly FRAME_RATE: number
  readonly FRAME_BURST: number
  readonly CONNECTIONS_PER_IP: number
  readonly CONNECT_RATE: number
  readonly CONNECT_BURST: number
  readonly HTTP_RATE: number
  readonly HTTP_BURST: number
  readonly LIMIT_PRIVATE: boolean
  readonly MAX_USERS: number
  readonly OUTBOUND_LIMIT: number
  readonly HEARTBEAT: number
  readonly RESUME_WINDOW: number
  readonly DEV_VIEWS: boolean
}
