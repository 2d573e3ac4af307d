import { expect, test } from "bun:test"
import type { Ref } from "../../../src/actor/index.ts"
import type { Claim, Cluster } from "../../../src/chat/presence/cluster.ts"
import type { PresenceMessage } from "../../../src/chat/presence/presence-message.ts"
import type { SessionState } from "../../../src/chat/session/session-state.ts"
import type { Snapshot } from "../../../src/chat/session/snapshot.ts"
import { createStage } from "../../support/stage.ts"
import { saved } from "../session/state/saving.ts"
import { eachSeed, knock, type Stage } from "./at-once.ts"

/** Grants nothing by itself. */
class SlowCluster implements Cluster {
  readonly claimed: string[] = []

  claim(userId: string): Claim {
    this.claimed.push(userId)
    return "pending"
  }
}

function look({ presence, system }: Stage, id: string): Promise<Snapshot> {
  const user = { id, name: "anna", classic: false }
  const question = (replyTo: Ref<Snapshot>): PresenceMessage => ({
    type: "join",
    user,
    first: { type: "look", openId: undefined, replyTo },
  })
  return system.ask(presence, question, 60_000, { urgent: true })
}

test("nobody's session begins before it is granted; then all who wait come to the same one, in their order (E1)", () => {
  eachSlow((stage, cluster) => {
    const [first, second] = [knock(stage, "anna"), knock(stage, "anna")]
    stage.advance(1000)
    expect(cluster.claimed).toEqual(["anna"])
    expect([stage.directory.find("anna"), stage.post.find("anna")]).toEqual([undefined, undefined])
    stage.presence.signal({ type: "granted", id: "anna" })
    const third = knock(stage, "anna")
    stage.flush()
    expect(cluster.claimed).toEqual(["anna"])
    expect([second.session, third.session]).toEqual([first.session, first.session])
    expect([first, second, third].map(({ greeting }) => greeting.resumed)).toEqual([false, true, true])
    expect(stage.directory.find("anna")?.online).toBe(true)
  })
})

test("who leaves before their session is granted has left: their sockets are closed, and a page is still answered (E1)", async () => {
  const pages: Promise<Snapshot>[] = []
  eachSlow((stage) => {
    const socket = knock(stage, "anna")
    const page = look(stage, "anna")
    stage.presence.signal({ type: "leave", id: "anna", session: undefined })
    stage.flush()
    expect(socket.closed).toBe("left")
    stage.presence.signal({ type: "granted", id: "anna" })
    stage.flush()
    expect(stage.directory.find("anna")?.arrived).toBe(false)
    pages.push(page)
  })
  for (const page of pages) expect((await page).me.id).toBe("anna")
})

test("a session that has ended is claimed anew, and what nobody claimed is granted in vain (E1)", () => {
  eachSlow((stage, cluster) => {
    const anna = knock(stage, "anna")
    stage.flush()
    stage.presence.signal({ type: "granted", id: "anna" })
    stage.presence.signal({ type: "granted", id: "ben" })
    stage.flush()
    expect(stage.directory.size).toBe(1)
    stage.presence.signal({ type: "leave", id: anna.id, session: undefined })
    const back = knock(stage, "anna")
    stage.flush()
    expect(cluster.claimed).toEqual(["anna", "anna"])
    expect(stage.directory.size).toBe(0)
    stage.presence.signal({ type: "granted", id: "anna" })
    stage.flush()
    expect(back.greeting.resumed).toBe(false)
  })
})

test("who waits for a claim comes to the session that is loaded meanwhile (E1)", () => {
  eachSlow((stage) => {
    const state = savedSomewhere()
    const socket = knock(stage, "anna", { after: 0, epoch: state.epoch.id })
    stage.flush()
    stage.presence.signal({ type: "load", state, since: 0 })
    stage.flush()
    expect([socket.greeting.resumed, socket.contents]).toEqual([true, ["hello"]])
    stage.presence.signal({ type: "granted", id: "anna" })
    stage.flush()
    expect([stage.directory.size, stage.post.find("anna")?.ref]).toEqual([1, socket.session])
  })
})

/** The state of Anna's session elsewhere, with one message in it. */
function savedSomewhere(): SessionState {
  const stage = createStage()
  const [, ben] = [stage.join("anna", { id: "anna" }), stage.join("ben")]
  ben.say("anna", "hello")
  stage.flush()
  return JSON.parse(saved(stage, "anna") ?? "")
}

function eachSlow(run: (stage: Stage, cluster: SlowCluster) => void): void {
  const cluster = new SlowCluster()
  eachSeed(
    (stage) => {
      cluster.claimed.length = 0
      run(stage, cluster)
    },
    { cluster },
  )
}
