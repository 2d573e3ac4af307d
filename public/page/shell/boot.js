/**
 * Runs before the page is painted, loads what is needed later, and holds what this tab keeps over a reload for the one
 * person here, until they leave. Enter, Send and other buttons count from the first moment. What is sent before the
 * composer is alive is not ignored: the form notes the wish, and the composer fulfils it when it starts; a page that is
 * left keeps the words as a draft. A button is held until the scripts have run, and then pressed. What an input method
 * does with a key is its own, in every field.
 */
{
  const touch = matchMedia("(hover: none) and (pointer: coarse)")

  // Safari tells of the key that ends a composition after its end: that one is known by its code alone.
  const isComposition = (event) => event.isComposing || event.keyCode === 229

  // The first to hear of a key: no part of the page need know of input methods. Nor does Escape close what is open.
  const leaveToInputMethod = (event) => {
    if (!isComposition(event)) return
    event.stopImmediatePropagation()
    if (event.key === "Escape") event.preventDefault()
  }

  addEventListener("keydown", leaveToInputMethod, true)

  const sends = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.defaultPrevented) return false
    return event.ctrlKey || event.metaKey || enterSends()
  }

  // A screen's keyboard has no Shift+Enter: there the button sends.
  const enterSends = () => !touch.matches && chosen() !== false

  /** What `page.js` keeps; this cannot wait for modules. */
  const chosen = () => parsed(localStorage.getItem("duet:settings"))?.enterSends

  /** Anybody can write into what a browser keeps: what is no JSON is nothing. */
  const parsed = (text) => {
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  }

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(".composer textarea") || !sends(event)) return
    event.preventDefault()
    event.target.form.requestSubmit()
  })

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-leave]")) return forget()
    const form = event.target.closest(".composer:not([data-alive])")
    if (!form) return
    event.preventDefault()
    form.dataset.asked = ""
  })

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(".composer textarea")) target.enterKeyHint = enterSends() ? "send" : "enter"
  })

  const page = () => document.getElementById("duet")

  /** What begins all that this browser keeps for the one person here. */
  const prefix = () => `duet:${page().dataset.me}:`

  const forget = () => {
    page().dataset.left = ""
    for (const shelf of [sessionStorage, localStorage])
      for (const key of Object.keys(shelf)) if (key.startsWith(prefix())) shelf.removeItem(key)
  }

  // They left in another tab.
  document.addEventListener("duet:disconnected", ({ detail }) => detail.code === 4410 && forget())

  /** What was kept under this name, or undefined. */
  const kept = (name) => parsed(sessionStorage.getItem(prefix() + name)) ?? undefined

  const keep = (name, value) => {
    if ("left" in page().dataset) return
    try {
      sessionStorage.setItem(prefix() + name, JSON.stringify(value))
    } catch {
      // The browser's room is full: it stays on the page, and would be lost by a reload alone.
    }
  }

  let begun

  /** By peer, what was begun and not sent, `{ text, replyTo }`; each tab has its own. */
  const drafts = () => {
    begun ??= kept("drafts") ?? {}
    return begun
  }

  /** Adds what was written before the composer was alive to what was begun before, and answers both. */
  const draftIn = (form, all = drafts()) => {
    const { peer } = form.dataset
    const { value } = form.querySelector("textarea")
    const { text = "", replyTo } = all[peer] ?? {}
    const both = text && value && text !== value ? `${text}\n${value}` : text || value
    if (both !== text) {
      all[peer] = { text: both, replyTo }
      keep("drafts", all)
    }
    return { text: both, replyTo }
  }

  window.duetTab = { kept, keep, drafts, draftIn }

  // The writer may go elsewhere before the composer is alive, and come back.
  addEventListener("pagehide", () => {
    const form = document.querySelector(".composer:not([data-alive])")
    if (form) draftIn(form)
  })

  let pressed

  // A link that the browser followed would fetch all that is on its way here once more; pressed again, it is followed.
  const hold = (event) => {
    const again = pressed
    pressed = event.target.closest("button[type=button]:not([popovertarget]), a[hx-get]")
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (pressed === again && pressed.matches("a")) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Someone who writes on meanwhile is not to be taken away. */
  const letGo = () => {
    pressed = null
  }

  document.addEventListener("click", hold, true)
  document.addEventListener("input", letGo)
  // The last to hear of it, when all deferred scripts have run or failed.
  addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("click", hold, true)
    document.removeEventListener("input", letGo)
    if (pressed?.isConnected) pressed.click()
  })

  /**
   * The socket does not wait for the scripts: htmx, the first to open one, gets this, and then what has come on it. If it
   * was lost by then, nobody has missed it: htmx opens its own.
   */
  const address = new URL(document.currentScript.dataset.socket, location)
  address.protocol = address.protocol.replace("http", "ws")
  const early = new WebSocket(address)
  const missed = []
  const note = ({ data }) => missed.push(data)
  early.addEventListener("message", note)

  const Plain = WebSocket

  const handOver = () => {
    early.removeEventListener("message", note)
    const isOpen = early.readyState === Plain.OPEN
    queueMicrotask(() => {
      if (isOpen) early.dispatchEvent(new Event("open"))
      for (const data of missed) early.dispatchEvent(new MessageEvent("message", { data }))
    })
    return early
  }

  window.WebSocket = new Proxy(Plain, {
    construct(_, all) {
      window.WebSocket = Plain
      return early.readyState > Plain.OPEN ? new Plain(...all) : handOver()
    },
  })

  // Where the scripts never come, nobody is here.
  const closeUnused = () => window.WebSocket !== Plain && early.close()

  // A socket that is closed while it opens is an error to the browser.
  addEventListener("load", () =>
    early.readyState === Plain.CONNECTING ? early.addEventListener("open", closeUnused) : closeUnused(),
  )

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`duet:${name}`, { detail }))
  const ignore = () => {}

  let isTalkative = false

  /** What acts on messages, and what the lists tell of those one talks with; what could not be fetched is asked for again. */
  const loadTalk = () =>
    Promise.all([import("../message/message.js"), import("../sidebar/row-notes.js")]).then(() => {
      isTalkative = true
    }, ignore)

  const isAnythingKept = () =>
    [sessionStorage, localStorage].some((shelf) => Object.keys(shelf).some((key) => key.startsWith(prefix())))

  const isAnythingSaid = () => document.querySelector(".message[id], #conversations > li") !== null

  const loadTalkIfAny = () => (isAnythingSaid() || isAnythingKept()) && loadTalk()

  // With the first message that has been delivered, or comes; or as soon as somebody turns to one.
  for (const sign of ["duet:progress", "duet:typing"]) document.addEventListener(sign, loadTalk)
  document.addEventListener("duet:message", ({ detail }) => !detail.own && loadTalk())
  document.addEventListener("duet:pane shown", loadTalkIfAny)
  document.addEventListener("keydown", (event) => {
    const { key, target } = event
    if (isTalkative || key !== "ArrowUp" || !target.matches(".composer textarea") || target.value !== "")
      return
    loadTalk().then(() => isTalkative && target.dispatchEvent(new KeyboardEvent("keydown", event)))
  })

  const loadSearch = () => import("../sidebar/people-search.js")

  for (const turn of ["pointerover", "focusin"])
    document.addEventListener(
      turn,
      ({ target }) => {
        if (target.closest?.(".message, .peer-menu")) loadTalk()
        if (target.closest?.("#finding")) loadSearch().catch(ignore)
      },
      { passive: true },
    )

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#finding")) return
    event.preventDefault()
    loadSearch().then(({ openFirst }) => openFirst(), ignore)
  })

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy-code, .copy-address")
    if (button)
      import("./copying.js").then(
        ({ copyBy }) => copyBy(button),
        () => tell("trouble", "That could not be copied. Check your connection and try again."),
      )
    if (!event.target.closest("[data-everybody]")) return
    event.preventDefault()
    loadSearch().then(({ findEverybody }) => findEverybody(), ignore)
  })

  addEventListener("DOMContentLoaded", () => {
    loadTalkIfAny()
    const field = document.getElementById("find")
    if (field.value !== "" || document.querySelector("#found > *, #finding:focus-within")) loadSearch()
  })
}
