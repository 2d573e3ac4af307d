import type { ConversationSummary, FoundPeople, PeopleOnline, Person } from "../model.ts"
import { renameForm } from "../settings/rename-form.ts"
import { evening } from "./lines.ts"
import type { Lively, Part, State } from "./part.ts"
import {
  alma,
  awkward,
  everyone,
  haha,
  jonas,
  layla,
  long,
  lookalikes,
  me,
  noor,
  robot,
  thousand,
  zoe,
} from "./people.ts"

export const usual: readonly ConversationSummary[] = [
  summary(alma, "Perfect, see you at eight then", 0),
  summary(jonas, "Are you there?", 3),
  summary(zoe, "I think we should", 0, true),
  summary(noor, "One moment", 0),
  summary(robot, "Goodbye", 0),
]

const difficult: readonly ConversationSummary[] = [
  summary(long, "and so it went on ".repeat(40), 1234),
  summary(layla, "مرحبا، هل ستأتي الليلة؟", 7),
  summary(haha, "明日の夜、川のそばのあの店で会いましょう。", 0),
  { peer: jonas, unread: 0 },
  { peer: zoe, last: { content: "", at: evening, own: true, unsent: true }, unread: 0 },
]

/** The sidebar. */
export const lists: readonly Part[] = [
  {
    name: "people-list",
    title: "People online",
    states: [
      people("nobody", { people: [me], total: 1 }),
      people("usual", { people: [me, ...everyone], total: 8 }),
      people("awkward-names", { people: [...awkward, ...lookalikes], total: 9 }),
      people("thousand", thousand),
    ],
  },
  {
    name: "conversation-list",
    title: "Conversations",
    states: [talks("usual", usual), talks("awkward", difficult)],
  },
  {
    name: "finding",
    title: "Finding a person",
    states: [
      finding("some", {
        query: "al",
        talks: [usual[0] ?? summary(alma, "", 0)],
        people: lookalikes,
        total: 4,
      }),
      finding("many", { query: "e", talks: [], people: thousand.people, total: 612, next: 50 }),
      finding("nobody", { query: "Zaphod", talks: [], people: [], total: 0 }),
    ],
  },
  {
    name: "me-menu",
    title: "The reader",
    states: [
      reader("open", []),
      reader("some-blocked", [robot, long, layla]),
      { name: "long-name", screen: { me: { ...long, id: me.id } } },
      {
        name: "refused",
        piece: renameForm(
          { id: me.id, name: "x".repeat(33) },
          { refused: "A name has at most 32 characters." },
        ),
      },
    ],
  },
]

function summary(peer: Person, content: string, unread: number, own = false): ConversationSummary {
  return { peer, last: { content, at: evening, own, unsent: false }, unread }
}

function people(name: string, online: PeopleOnline): State {
  return { name, screen: { online } }
}

function talks(name: string, conversations: readonly ConversationSummary[]): State {
  return { name, screen: { conversations } }
}

function finding(name: string, found: FoundPeople): State {
  return { name, screen: { found } }
}

function reader(
  name: string,
  blocked: readonly Person[],
  more: Lively = { press: ".me-menu > button" },
): State {
  return { name, screen: { blocked }, ...more }
}
