/**
 * What was written here and not yet echoed: sent one at a time, again after a reconnect with the same
 * `clientId`, which makes a repeat harmless. An item is `{ clientId, peer, content, replyTo, at, state, reason }`,
 * its state `sending` or `failed`.
 */
export class Outbox {
  #items = new Map()
  #timer = 0
  #transmit
  #changed
  #stalled
  #keep

  /**
   * `transmit(item)` answers whether a socket took it; `changed(item)` redraws; `stalled()` finds a new socket;
   * `keep(items)` holds them over a reload, from which `items` came.
   */
  constructor({ transmit, changed, stalled, keep, items = [], patience = 8000 }) {
    this.#transmit = transmit
    this.#keep = keep
    this.#changed = changed
    for (const item of items) this.#items.set(item.clientId, item)
    this.#stalled = stalled
    this.patience = patience
  }

  add(peer, content, replyTo) {
    this.#append({
      clientId: freshId(),
      peer,
      content,
      replyTo,
      at: Date.now(),
      state: "sending",
      reason: "",
    })
  }

  /** Sends the first that waits, if a socket is open; called at each hello too. */
  flush() {
    clearTimeout(this.#timer)
    const head = this.#head
    if (head && this.#transmit(head)) this.#timer = setTimeout(() => this.#stalled(), this.patience)
  }

  /** Nothing is in flight without a socket. */
  pause() {
    clearTimeout(this.#timer)
  }

  echoed(clientId) {
    const wasHead = this.#head?.clientId === clientId
    if (!this.#items.delete(clientId)) return
    this.#kept()
    if (wasHead) this.flush()
  }

  /** `retryAfter` in milliseconds, when the server only asks for patience. */
  refused(clientId, reason, retryAfter) {
    const item = this.#items.get(clientId)
    if (item?.state !== "sending") return
    clearTimeout(this.#timer)
    if (retryAfter !== undefined) {
      this.#timer = setTimeout(() => this.flush(), retryAfter)
      return
    }
    item.state = "failed"
    item.reason = reason
    this.#kept()
    this.#changed(item)
    this.flush()
  }

  /** Sends a failed item once more, behind all that waits. */
  again(clientId) {
    const item = this.#items.get(clientId)
    if (item?.state !== "failed") return
    this.#items.delete(clientId)
    item.state = "sending"
    this.#append(item)
  }

  /** What is on its way to `peer` or failed, in the order written. */
  to(peer) {
    return [...this.#items.values()].filter((item) => item.peer === peer)
  }

  #append(item) {
    const idle = this.#head === undefined
    this.#items.set(item.clientId, item)
    this.#kept()
    this.#changed(item)
    if (idle) this.flush()
  }

  #kept() {
    this.#keep([...this.#items.values()])
  }

  get #head() {
    for (const item of this.#items.values()) if (item.state === "sending") return item
    return undefined
  }
}

/** Not `crypto.randomUUID`, which is missing where the page is served without TLS to another machine. */
function freshId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("")
}
