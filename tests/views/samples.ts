import type { Assets, ChatScreen, Line, Person, PersonStatus } from "../../views/model.ts"

export const assets: Assets = {
  url: (name) => `/assets/${name}`,
  modules: () => ["page/shell/page.js"],
}

/** What a person might call themselves to hurt others. */
export const hostile = `<img src=x onerror="alert(1)"> "'</title><script>`

export function person(mark: string, name: string, status: PersonStatus = "online"): Person {
  return { id: `${mark}0000-0000-8000-8000-000000000000`, name, status }
}

export function line(own: boolean, content: string, more: Partial<Line> = {}): Line {
  return {
    id: `019a0000-0000-7000-8000-${own ? "1" : "2"}00000000000`,
    seq: 1,
    own,
    content,
    at: 1_767_225_600_000,
    ...more,
  }
}

export const me = person("aaaa", "Quiet Otter")
export const alma = person("7f3a", "Alma")
export const echo = person("ec40", "Echo")

export function chat(more: Partial<ChatScreen> = {}): ChatScreen {
  return {
    me,
    conversations: [
      { peer: alma, last: { content: "Hello", at: 1_767_225_600_000, own: false, unsent: false }, unread: 3 },
    ],
    online: { people: [me, alma], total: 2 },
    blocked: [],
    echo,
    origin: "https://duet.example",
    epoch: "0b1f6c0e00004000",
    proof: "AAAAAAAAAAAAAAAAAAAAAA",
    seq: 7,
    contentLimit: 4000,
    ...more,
  }
}
