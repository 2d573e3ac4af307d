import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { join } from "node:path"
import { Value } from "@sinclair/typebox/value"
import { closings } from "../../src/wire/close-codes.ts"
import { clientFrames } from "../../src/wire/duet-v1.ts"
import { errorCodes } from "../../src/wire/error-codes.ts"
import { pageFrames } from "../../src/wire/page.ts"
import type { Frames } from "../../src/wire/schema.ts"
import { pageTongue } from "../property/page-tongue.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { V1Client } from "../support/v1-client.ts"

const events = Object.keys(pageFrames)

describe("the page's scripts", () => {
  const scripts = join(import.meta.dir, "../../public/page")
  const sources = [...new Bun.Glob("**/*.js").scanSync(scripts)].map((file) => join(scripts, file))
  let source = ""

  beforeAll(async () => {
    source = (await Promise.all(sources.map((file) => Bun.file(file).text()))).join("\n")
  })

  /** Words that the scripts listen to: events of frames, and what one script tells the others. */
  const heard = () => {
    const alone = literalsIn(/\bwhen\(\s*("[^"]+")/g)
    const listed = literalsIn(/for \(const \w+ of \[([^\]]+)\]\)\s*\{?\s*when\(/g)
    return new Set([...alone, ...listed])
  }
  const told = () => new Set(literalsIn(/\btell\(([^,)]+)/g))
  const literalsIn = (form: RegExp) =>
    [...source.matchAll(form)].flatMap(([, part = ""]) =>
      [...part.matchAll(/"([^"]+)"/g)].map(([, word]) => word ?? ""),
    )

  test("listen only to events that exist", () => {
    const own = told()
    expect(own.size).toBeGreaterThan(10)
    expect([...heard()].filter((word) => !own.has(word) && !events.includes(word))).toEqual([])
    const compared = literalsIn(/\.event === ("\w+")/g)
    expect(compared.length).toBeGreaterThan(0)
    expect(compared.filter((word) => !events.includes(word))).toEqual([])
  })

  test("tell each other nothing under the name of a frame", () => {
    expect([...told()].filter((word) => events.includes(word))).toEqual([])
  })

  test("listen to every frame without HTML", () => {
    const frames: Frames = pageFrames
    const silent = events.filter((event) => frames[event]?.properties.content === undefined)
    expect(silent.filter((event) => !heard().has(event))).toEqual([])
  })

  test("send only frames and fields that exist", () => {
    const frames: Frames = clientFrames
    const sent = [...source.matchAll(/\{\s*type: "(\w+)",?([^{}]*)\}/g)]
    expect(sent.length).toBeGreaterThan(5)
    const wrong = sent.flatMap(([, type = "", rest = ""]) => {
      const fields = rest.split(",").flatMap((each) => each.trim().match(/^\w+/)?.[0] ?? [])
      return fields
        .filter((field) => frames[type]?.properties[field] === undefined)
        .map((field) => `${type}.${field}`)
    })
    const unknown = sent.flatMap(([, type = ""]) => (type in frames ? [] : type))
    expect([...unknown, ...wrong]).toEqual([])
  })

  test("use only codes that exist", () => {
    const codes = new Set(Object.values(closings).map(({ code }) => String(code)))
    const closing = [...source.matchAll(/\b4[0-9]{3}\b/g)].map(([code]) => code)
    expect(new Set(closing)).toEqual(new Set([...codes].filter((code) => code.startsWith("4"))))
    const names = new Set<string>([...errorCodes, ...events, ...Object.keys(clientFrames)])
    const named = literalsIn(/("[a-z]+_[a-z_]+")/g).filter((word) => !word.startsWith("duet_"))
    expect(named.length).toBeGreaterThan(1)
    expect(named.filter((word) => !names.has(word))).toEqual([])
  })
})

describe("the page's socket", () => {
  let duet: RunningDuet

  beforeAll(async () => {
    duet = await startDuet({ LOG_LEVEL: "error", LEAVE_GRACE: "0" })
  })

  afterAll(async () => {
    await duet.stop()
  })

  test("gets frames that match their schemas", async () => {
    const ben = await V1Client.join(duet.url, "ben")
    const anna = await pageTongue.join(duet.url, "anna")
    const page = new PageSocket(pageTongue.open(duet.url, anna, undefined))
    await page.heard("hello")
    page.send({ type: "chat_message", receiver_id: ben.id, content: "hello", client_id: "c" })
    await ben.until(() => ben.contents.includes("hello"))
    const message_id = ben.idOf("hello")
    ben.send({ type: "ack", seq: 1 })
    ben.send({ type: "seen", peer_id: anna.id, message_id })
    ben.send({ type: "react", peer_id: anna.id, message_id, emoji: "👍" })
    ben.send({ type: "typing", receiver_id: anna.id, is_typing: true })
    await page.heard("reactions")
    page.send({ type: "unsend", peer_id: ben.id, message_id })
    await ben.next(({ unsent }) => unsent === true)
    ben.send({ type: "block", user_id: anna.id })
    ben.send({ type: "ping" })
    await ben.next(({ type }) => type === "pong")
    page.send({ type: "chat_message", receiver_id: ben.id, content: "not heard" })
    page.send({ type: "ack", seq: 100 })
    await page.heard("error")
    ben.send({ type: "leave" })
    const all = events.filter((event) => !["people_total", "resync"].includes(event))
    for (const event of all) await page.heard(event)
    page.socket.close()
    const frames: Frames = pageFrames
    const faults = page.frames.flatMap(({ event, ...rest }) => {
      const schema = frames[event]
      if (schema === undefined) return [event]
      return [...Value.Errors(schema, { event, ...rest })].map(
        ({ path, message }) => `${event}${path} ${message}`,
      )
    })
    expect(faults).toEqual([])
  })
})

interface PageFrame {
  readonly event: string
}

class PageSocket {
  readonly frames: PageFrame[] = []
  #wake = () => {}

  constructor(readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => {
      this.frames.push(JSON.parse(data))
      this.#wake()
    }
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame))
  }

  async heard(event: string): Promise<void> {
    while (!this.frames.some((frame) => frame.event === event)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
