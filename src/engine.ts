import { ActorSystem, permanent, type Ref, systemClock } from "./actor/index.ts"
import { costs, MemoryBudget } from "./chat/memory/memory-budget.ts"
import type { Announcer } from "./chat/presence/announcer.ts"
import { Solitary } from "./chat/presence/cluster.ts"
import { Directory } from "./chat/presence/directory.ts"
import { Presence } from "./chat/presence/presence.ts"
import type { PresenceMessage } from "./chat/presence/presence-message.ts"
import type { PresenceChange } from "./chat/presence/presence-store.ts"
import { LocalPost } from "./chat/presence/sessions/local-post.ts"
import type { JournalBounds } from "./chat/session/delivery/journal.ts"
import { Stamper } from "./chat/stamper.ts"
import type { Config } from "./config.ts"
import { kindOf, type Log } from "./log/log.ts"

/** The actors and what they have in common. */
export interface Engine {
  readonly system: ActorSystem
  readonly directory: Directory
  readonly post: LocalPost
  readonly presence: Ref<PresenceMessage>
  readonly memory: MemoryBudget
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
    clock: systemClock,
    onCrash: ({ path, error, decision }) =>
      log("error", "an actor failed", { path, decision, error: kindOf(error) }),
  })
  const directory = new Directory()
  const post = new LocalPost()
  const journal = { messages: config.JOURNAL_MESSAGES, bytes: config.JOURNAL_BYTES }
  const rules = {
    stay: { graceMs: config.LEAVE_GRACE, windowMs: config.RESUME_WINDOW },
    journal,
    outlets: config.CONNECTIONS_PER_USER,
    mailbox: config.MAILBOX_LIMIT || Number.POSITIVE_INFINITY,
    bytes: accountLimit(journal),
    sessionsOfAddress: config.CONNECTIONS_PER_IP,
    unattached: unattachedLimit(config.MAX_USERS),
  }
  const memory = new MemoryBudget(memoryLimit(config, log))
  const stamper = new Stamper(systemClock)
  const presence = system.spawn<PresenceMessage>(
    (context) =>
      new Presence(context, {
        directory,
        post,
        cluster: new Solitary(),
        announcer,
        rules,
        memory,
        stamper,
        budget: config.PRESENCE_BUDGET,
        companions,
        record,
      }),
    { name: "presence", supervision: permanent },
  )
  return { system, directory, post, presence, memory }
}

/** How many sessions may be without a first socket: a tenth of `MAX_USERS`, and 64 at least. */
function unattachedLimit(users: number): number {
  return users === 0 ? 0 : Math.max(64, Math.ceil(users / 10))
}

/** Room for a full journal, whose text may take two bytes in memory for one in UTF-8, and for all else of a session. */
function accountLimit({ messages, bytes }: JournalBounds): number {
  return messages === 0 || bytes === 0 ? 0 : 2 * bytes + messages * costs.entry + 262_144
}

/** `MEMORY_BUDGET`, or half of what this machine or container has where that is less. */
function memoryLimit({ MEMORY_BUDGET }: Config, log: Log): number {
  const half = Math.floor(process.constrainedMemory() / 2)
  if (MEMORY_BUDGET === 0 || half === 0 || half >= MEMORY_BUDGET) return MEMORY_BUDGET
  log("warn", "MEMORY_BUDGET is more than half of the memory: half of the memory is used", { bytes: half })
  return half
}
