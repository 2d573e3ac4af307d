import { fieldsOf, optionalText, query, type Tongue } from "./tongue.ts"

/** The page's socket, read as the page's scripts read it: an envelope, and HTML within. */
export const pageTongue: Tongue = {
  name: "the page's dialect",
  acknowledges: true,

  async join(serverUrl, name, headers = {}) {
    const form = new URLSearchParams({ name })
    const answer = await fetch(`${serverUrl}/join`, {
      method: "POST",
      body: form,
      headers,
      redirect: "manual",
    })
    const cookie = answer.headers.getSetCookie().find((each) => each.startsWith("duet="))
    const key = new Bun.CookieMap(cookie?.split(";")[0] ?? "").get("duet") ?? ""
    return { id: /\/u\/([^/]+)\//.exec(answer.headers.get("location") ?? "")?.[1] ?? "", name, key }
  },

  open(url, { id, key }, cursor, headers = {}) {
    const cookie = `duet=${encodeURIComponent(key)}`
    return new WebSocket(`${url.replace("http", "ws")}/u/${id}/socket${query(cursor)}`, {
      headers: { ...headers, cookie },
    })
  },

  hear(raw) {
    const frame = fieldsOf(JSON.parse(raw))
    switch (frame.event) {
      case "hello":
        return { type: "hello", resumed: frame.resumed === true, epoch: String(frame.epoch) }
      case "message":
        return {
          type: "message",
          seq: Number(frame.seq),
          id: String(frame.message_id),
          own: frame.own === true,
          clientId: optionalText(frame.client_id),
          content: textOf(String(frame.content), String(frame.message_id)),
        }
      case "progress": {
        if (frame.progress !== "delivered") return undefined
        return { type: "delivered", peerId: String(frame.peer), messageId: String(frame.message_id) }
      }
      case "undelivered":
        return { type: "undelivered", messageId: String(frame.message_id) }
      case "unsent":
        return { type: "unsent", messageId: String(frame.message_id) }
      case "typing":
        return { type: "typing", userId: String(frame.peer) }
      case "resync":
        return { type: "resync", from: Number(frame.from) }
      case "error":
        return { type: "refused", code: String(frame.code), clientId: optionalText(frame.client_id) }
      default:
        return undefined
    }
  },
}

/** What a reader of the fragment sees in the bubble of that message. */
function textOf(fragment: string, messageId: string): string {
  const bubble = new RegExp(
    `id="m-${messageId}"[^>]*>.*?<div class="bubble(.*?)">.*?<div class="words"[^>]*>(.*?)</div>`,
    "s",
  ).exec(fragment)
  if (bubble?.[2] === undefined) throw new Error("the fragment of a message shows no words under its id")
  if (bubble[1] === " unsent") return ""
  return bubble[2].replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity)
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
  "&amp;": "&",
}
