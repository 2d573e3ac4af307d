import { ActorSystem, permanent, type Ref } from "./actor/index.ts"
import type { Announcer } from "./chat/announcer.ts"
import { Directory } from "./chat/directory.ts"
import { Presence } from "./chat/presence.ts"
import type { PresenceMessage } from "./chat/presence-message.ts"
import type { PresenceChange } from "./chat/presence-store.ts"
import type { Config } from "./config.ts"
import { kindOf, type Log } from "./log.ts"

/** The actors and what they share. */
export interface Engine {
  readonly system: ActorSystem
  readonly directory: Directory
  readonly presence: Ref<PresenceMessage>
}

/** Starts the actor system with presence, the parent of every session. */
export function startEngine(
  config: Config,
  log: Log,
  announcer: Announcer,
  record: (changes: readonly PresenceChange[]) => void,
  companions: ReadonlySet<string>,
): Engine {
  const system = new ActorSystem({
    onCrash: ({ path, error, decision }) =>
      log("error", "an actor failed", { path, decision, error: kindOf(error) }),
  })
  const directory = new Directory()
  const rules = {
    stay: { graceMs: config.LEAVE_GRACE, windowMs: config.RESUME_WINDOW },
    journal: { messages: config.JOURNAL_MESSAGES, bytes: config.JOURNAL_BYTES },
    outlets: config.CONNECTIONS_PER_USER,
    mailbox: config.MAILBOX_LIMIT || Number.POSITIVE_INFINITY,
  }
  const presence = system.spawn<PresenceMessage>(
    (context) =>
      new Presence(context, {
        directory,
        announcer,
        rules,
        budget: config.PRESENCE_BUDGET,
        companions,
        record,
      }),
    { name: "presence", supervision: permanent },
  )
  return { system, directory, presence }
}
