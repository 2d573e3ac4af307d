import { type Context, temporary } from "../../../actor/index.ts"
import { Epoch } from "../../epoch.ts"
import { Account, costs, type MemoryBudget, textCost } from "../../memory/memory-budget.ts"
import type { JournalBounds } from "../../session/delivery/journal.ts"
import { Session } from "../../session/session.ts"
import type { SessionMessage } from "../../session/session-message.ts"
import type { Stay } from "../../session/session-options.ts"
import type { Stamper } from "../../stamper.ts"
import type { Directory } from "../directory.ts"
import type { Member } from "../member.ts"
import { named } from "../people-search.ts"
import type { Newcomer, PresenceMessage } from "../presence-message.ts"
import type { LocalPost, LocalSession } from "./local-post.ts"

/** What presence makes of each user. */
export interface SessionRules {
  readonly stay: Stay
  readonly journal: JournalBounds
  /** Sockets of one user at once. */
  readonly outlets: number
  /** Messages that may wait for one session. */
  readonly mailbox: number
  /** Bytes that are held for one user; 0 for no bound. */
  readonly bytes: number
  /** Sessions of one address at once, beyond which the one longest without a socket ends; 0 for no limit. */
  readonly sessionsOfAddress: number
  /** Sessions at once that never had a socket, beyond which the oldest of them ends; 0 for no limit. */
  readonly unattached: number
}

export interface SessionFactoryParts {
  readonly directory: Directory
  readonly post: LocalPost
  readonly rules: SessionRules
  readonly memory: MemoryBudget
  readonly stamper: Stamper
  /** Ids of those to talk to whom no list names. */
  readonly companions: ReadonlySet<string>
}

/** Makes the sessions, as presence's children. */
export class SessionFactory {
  constructor(
    readonly presence: Context<PresenceMessage>,
    readonly parts: SessionFactoryParts,
  ) {}

  /** Starts the session of a user; what is held for them is charged to their account. */
  begin(user: Newcomer, arrived: boolean): LocalSession {
    const { memory, rules } = this.parts
    const account = new Account(memory, rules.bytes)
    account.charge(costs.session + textCost(user.name))
    const start = (context: Context<SessionMessage>) => this.#session(context, user, account)
    const ref = this.presence.spawn<SessionMessage>(start, {
      mailbox: { capacity: rules.mailbox },
      supervision: temporary,
    })
    return { member: this.#member(user, arrived), ref, account, address: undefined }
  }

  #session(context: Context<SessionMessage>, { id, name, classic }: Newcomer, account: Account): Session {
    const { directory, post, rules, stamper } = this.parts
    return new Session(context, {
      id,
      name,
      stay: classic ? undefined : rules.stay,
      account,
      journal: rules.journal,
      epoch: new Epoch(),
      outlets: rules.outlets,
      directory,
      post,
      stamper,
      presence: this.presence.self,
    })
  }

  #member({ id, name }: Newcomer, arrived: boolean): Member {
    return {
      id,
      ...named(name),
      double: false,
      listed: !this.parts.companions.has(id),
      order: this.parts.directory.nextOrder(),
      since: this.presence.wall(),
      arrived,
      online: arrived,
      away: false,
      gone: false,
    }
  }
}
