const FIRST = 8
/** An emptied ring keeps up to this many slots; a larger one is given back, so that a burst leaves no trace. */
const KEPT = 64

/** A queue in a circle of slots: it allocates only when it grows, by doubling. Bounds are its owner's affair. */
export class Ring<T> {
  #slots: (T | undefined)[] = []
  #head = 0
  length = 0

  push(item: T): void {
    if (this.length === this.#slots.length) this.#grow()
    this.#slots[(this.#head + this.length) & (this.#slots.length - 1)] = item
    this.length++
  }

  /** The oldest item. There must be one. */
  take(): T {
    const item = this.#slots[this.#head] as T
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#slots.length - 1)
    this.length--
    return item
  }

  /** Swaps the item at `index`, counted from the oldest, with the oldest. */
  bringForward(index: number): void {
    const at = (this.#head + index) & (this.#slots.length - 1)
    const item = this.#slots[at]
    this.#slots[at] = this.#slots[this.#head]
    this.#slots[this.#head] = item
  }

  /** Gives back the slots of a burst that is over. */
  trim(): void {
    if (this.length > 0 || this.#slots.length <= KEPT) return
    this.#slots = []
    this.#head = 0
  }

  #grow(): void {
    const old = this.#slots
    const slots = new Array<T | undefined>(Math.max(FIRST, old.length * 2)).fill(undefined)
    for (let i = 0; i < this.length; i++) slots[i] = old[(this.#head + i) & (old.length - 1)]
    this.#slots = slots
    this.#head = 0
  }
}
