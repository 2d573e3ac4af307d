import type { Html } from "../html.ts"
import type { ChatScreen } from "../model.ts"

/** One view, or a few that belong together, in all the states that they can be in. */
export interface Part {
  /** In its address: `/dev/views/<name>`. */
  readonly name: string
  readonly title: string
  readonly states: readonly State[]
}

/** One state, at `/dev/views/<part>/<name>`: a page of its own, a piece alone, or the chat as it is then. */
export type State = { readonly name: string } & (
  | { readonly page: Html }
  | { readonly piece: Html }
  | ({ readonly screen: Partial<ChatScreen> } & Lively)
)

/** What the page's scripts would have done by now. */
export interface Lively {
  /** What Alpine components hold, by the names that they are registered under. */
  readonly alive?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** A selector: what is pressed once the page lives. */
  readonly press?: string
}
