import type { PresenceChange, PresenceRow } from "../../src/chat/presence/presence-store.ts"

/** A user with a new id, online since noon of 1 January 2026. */
export function person(name: string, more: Partial<PresenceRow> = {}): PresenceRow {
  return { id: crypto.randomUUID(), name, online: true, since: Date.UTC(2026, 0, 1, 12), ...more }
}

export function present(row: PresenceRow): PresenceChange {
  return { type: "present", row }
}

export function gone({ id }: PresenceRow): PresenceChange {
  return { type: "gone", id }
}
