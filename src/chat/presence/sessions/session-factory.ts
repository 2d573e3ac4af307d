import { type Context, temporary } from "../../../actor/index.ts"
import { Epoch } from "../../epoch.ts"
import { Account, costs, type MemoryBudget, textCost } from "../../memory/memory-budget.ts"
import type { JournalBounds } from "../../session/delivery/journal.ts"
import { Session } from "../../session/session.ts"
import type { SessionMessage } from "../../session/session-message.ts"
import type { SessionOptions, Stay } from "../../session/session-options.ts"
import type { SessionState } from "../../session/session-state.ts"
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
    const { id, name } = user
    const how = { name, since: this.presence.wall(), arrived, online: arrived, away: false }
    return this.#start(user, this.#member(id, how), undefined)
  }

  /** Starts the session of somebody who is here since then, from what was saved of it. */
  load(saved: SessionState, since: number): LocalSession {
    const { id, name, online, away } = saved.availability.me
    const how = { name, since, arrived: saved.epoch.begun, online, away }
    return this.#start({ id, name, classic: false }, this.#member(id, how), saved)
  }

  #start(user: Newcomer, member: Member, saved: SessionState | undefined): LocalSession {
    const { memory, rules } = this.parts
    const account = new Account(memory, rules.bytes)
    account.charge(costs.session + textCost(user.name))
    // The actor keeps this function for its life, but not what it begins from.
    let from = saved
    const start = (context: Context<SessionMessage>) => {
      const state = from
      from = undefined
      return this.#session(context, user, account, state)
    }
    const ref = this.presence.spawn<SessionMessage>(start, {
      mailbox: { capacity: rules.mailbox },
      supervision: temporary,
    })
    return { member, ref, account, address: undefined }
  }

  #session(
    context: Context<SessionMessage>,
    { id, name, classic }: Newcomer,
    account: Account,
    saved: SessionState | undefined,
  ): Session {
    const { directory, post, rules, stamper } = this.parts
    const options: SessionOptions = {
      id,
      name,
      stay: classic ? undefined : rules.stay,
      account,
      journal: rules.journal,
      epoch: new Epoch(saved?.epoch),
      outlets: rules.outlets,
      directory,
      post,
      stamper,
      presence: this.presence.self,
    }
    return new Session(context, options, saved)
  }

  #member(id: string, how: Pick<Member, "name" | "since" | "arrived" | "online" | "away">): Member {
    const listed = !this.parts.companions.has(id)
    const order = this.parts.directory.nextOrder()
    return { id, ...how, ...named(how.name), double: false, listed, order, gone: false }
  }
}
