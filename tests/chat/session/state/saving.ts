import type { Ref } from "../../../../src/actor/index.ts"
import type { SessionState } from "../../../../src/chat/session/session-state.ts"
import { createStage } from "../../../support/stage.ts"

export type Stage = ReturnType<typeof createStage>
export type StageOptions = Parameters<typeof createStage>[0]

/** A session as text, after all that it was told by now. */
export function saved({ post, flush }: Stage, id: string): string | undefined {
  let state: SessionState | undefined
  const tell = (answer: SessionState | undefined) => {
    state = answer
    return "ok" as const
  }
  const replyTo: Ref<SessionState | undefined> = { id: 0, path: "/", tell, signal: tell, offer: tell }
  post.find(id)?.ref.tell({ type: "save", replyTo })
  flush()
  return state && JSON.stringify(state)
}

/** Everyone's sessions as text, by user. */
export function savedAll(stage: Stage): Map<string, string> {
  const ids = [...stage.post.everyone()].map(({ member }) => member.id)
  return new Map(ids.map((id) => [id, saved(stage, id) ?? ""]))
}

/** Another machine, at the same moment, where these sessions go on. */
export function loaded(from: Stage, texts: Iterable<string>, options: StageOptions = {}): Stage {
  const stage = createStage({ ...options, now: from.clock.now() })
  for (const text of texts) {
    const state: SessionState = JSON.parse(text)
    const since = from.directory.find(state.availability.me.id)?.since ?? 0
    stage.presence.signal({ type: "load", state, since })
  }
  stage.flush()
  return stage
}

/** What is held for somebody, of which nothing waits for sockets. */
export function held({ post }: Stage, id: string): { bytes: number; journal: number } | undefined {
  const account = post.find(id)?.account
  return account && { bytes: account.bytes - account.outgoing, journal: account.journal }
}
