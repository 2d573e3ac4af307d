/** What the views are given: plain values, prepared by the server's HTML dialect. */

/** Where a file of the page's is served; a change of the file changes the URL. */
export interface Assets {
  /** `name` is the path below `public/`, as in `built/app.css`. */
  url(name: string): string
  /** The modules that the module `name` needs before it can run, by their names. */
  modules(name: string): readonly string[]
  /** The colours that the reader chose for this browser; the system's, if they did not. */
  readonly theme?: Theme
}

export type Theme = "light" | "dark"

/** Who is offline may be back and still receives; who is gone will never read what is written to them. */
export type PersonStatus = "online" | "away" | "offline" | "gone"

export interface Person {
  /** UUID; the mark and the hue follow from it. */
  readonly id: string
  readonly name: string
  readonly status: PersonStatus
  /** Somebody online has a name that looks like theirs: their mark stands beside it. Not if left out. */
  readonly marked?: boolean
}

export interface Line {
  /** UUIDv7 of the message. */
  readonly id: string
  /** Its number in the reader's session: lines stand in this order. */
  readonly seq: number
  readonly own: boolean
  readonly content: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Given by the page that sent it; lets that page find the bubble it drew before the echo. */
  readonly clientId?: string
  /** Only on own messages: how far it has come, `accepted` if left out. */
  readonly progress?: Progress
  /** Only on own messages: the peer will never get it. */
  readonly undelivered?: UndeliveredReason
  /** The id of the message that this answers; it may be gone. */
  readonly replyTo?: string
  /** What that message says, where it does not stand beside this one. */
  readonly answered?: string
  readonly reactions?: readonly Reaction[]
  /** Its writer took it back; nothing of it is left. */
  readonly unsent?: boolean
}

/** How far an own message has come. */
export type Progress = "accepted" | "delivered" | "seen"

/** One emoji on a message, and which of the two put it there. */
export interface Reaction {
  readonly emoji: string
  readonly mine: boolean
  readonly theirs: boolean
}

/** Why a message that was accepted will never reach its peer. */
export type UndeliveredReason = "left" | "overflow" | "failed"

export interface ConversationSummary {
  readonly peer: Person
  readonly last?: {
    readonly content: string
    readonly at: number
    readonly own: boolean
    readonly unsent: boolean
  }
  /** Messages from the peer not yet seen. */
  readonly unread: number
}

export interface OpenConversation {
  readonly peer: Person
  /** Ascending; the newest, or those before one of them. */
  readonly lines: readonly Line[]
  /** Whether there are lines before these, to be asked for; not if left out. */
  readonly earlier?: boolean
  /** Whether lines before all that are held were dropped to stay within bounds. */
  readonly truncated: boolean
  /** How many of the peer's lines the reader has not seen, in all of the conversation; none if left out. */
  readonly unread?: number
  /** The first of them, by its id; it may stand before these lines. */
  readonly firstUnread?: string
  /** Where lines come after these, which are not shown. */
  readonly isPast?: boolean
  /** Whether the reader hears nothing from the peer, by their own wish. */
  readonly blocked: boolean
}

export interface PeopleOnline {
  /** Those who came last, at most 50, in the order in which they came; with the reader: the page hides that row. */
  readonly people: readonly Person[]
  readonly total: number
}

/** One page of those whom somebody looked for. */
export interface FoundPeople {
  /** Empty for everybody online. */
  readonly query: string
  /** Those whom the reader talks with, wherever they are; on the first page alone. */
  readonly talks: readonly ConversationSummary[]
  readonly people: readonly Person[]
  /** On all pages. */
  readonly total: number
  /** Where the next page begins; nothing on the last one. */
  readonly next?: number
}

export interface ChatScreen {
  /** By which its socket shows that this page opened it. */
  readonly proof: string
  /** The id of the session that `seq` counts for. */
  readonly epoch: string
  readonly me: Person
  readonly conversations: readonly ConversationSummary[]
  readonly online: PeopleOnline
  readonly open?: OpenConversation
  /** What was looked for, where the address asks for it. */
  readonly found?: FoundPeople
  /** Those whom the reader would not hear. */
  readonly blocked: readonly Person[]
  /** Where the list of them begins, by the id of the one before, where the address asks for it: the menu is open then. */
  readonly blockedAfter?: string
  /** The companion that answers, for the empty state. */
  readonly echo: Person
  /** By which address others come here, as in `https://duet.example`. */
  readonly origin: string
  /** The session's newest event; the socket resumes after it. */
  readonly seq: number
  /** Longest content, in code points. */
  readonly contentLimit: number
}

/** The place beside the list: one conversation, or with none open an invitation to begin one. */
export interface Pane {
  /** The reader's id. */
  readonly me: string
  readonly open?: OpenConversation | undefined
  readonly echo: Person
  readonly origin: string
  readonly contentLimit: number
  /** The session's newest event when this was rendered. */
  readonly seq: number
}

/** What an error page says: the status, what happened, and what to do. */
export interface Problem {
  readonly status: number
  readonly title: string
  readonly message: string
  /** Where the reader can go on, if not at the start. */
  readonly back?: string
}

export interface JoinScreen {
  readonly online: PeopleOnline
  /** People this browser has been, newest first: "Continue as NAME". */
  readonly identities: readonly {
    readonly id: string
    readonly name: string
    /** Two of these look alike: their marks stand beside them. */
    readonly marked?: boolean
  }[]
  /** What was typed, when it was refused, and why. */
  readonly refused?: { readonly name: string; readonly reason: string }
  /** They asked for the page of somebody whom this browser is not, or is no more. */
  readonly isStray?: boolean
  /** What the form brings along where nothing else shows that it is ours. */
  readonly token?: string
  /** They joined, and their browser kept no cookie of it. */
  readonly isCookieless?: boolean
}
