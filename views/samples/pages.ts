import { Html, html, type Value } from "../html.ts"
import type { Assets, ChatScreen } from "../model.ts"
import { chatPage } from "../shell/chat.ts"
import { document } from "../shell/document.ts"
import type { Lively, Part, State } from "./part.ts"
import { echo, everyone, me } from "./people.ts"

/** `/dev/views`: what there is to see. */
export function partsPage(parts: readonly Part[], assets: Assets): Html {
  const list = parts.map(
    ({ name, title, states }) =>
      html`<li><a href="/dev/views/${name}">${title}</a> ${states.map((state) => state.name).join(", ")}</li>`,
  )
  return page("Views", assets, html`<h1>Views</h1><ul class="parts">${list}</ul>`)
}

/** `/dev/views/<part>`: its states side by side, each in a frame as wide as a phone and in one as wide as a desk. */
export function partPage(part: Part, assets: Assets): Html {
  const back = html`<p><a href="/dev/views">All views</a></p><h1>${part.title}</h1>`
  return page(part.title, assets, [back, part.states.map(({ name }) => frames(part, name))])
}

/** `/dev/views/<part>/<state>`: the state alone, with the page's own scripts where it is alive. */
export function statePage(part: Part, state: State, assets: Assets): Html {
  if ("page" in state) return state.page
  if ("screen" in state) return still(chatPage({ ...usual, ...state.screen }, assets), state, assets)
  const body = html`<body class="piece"><main><h1 class="sr-only">${part.title}</h1>${state.piece}</main></body>`
  return document(`${part.title}: ${state.name}`, body, assets, styles(assets))
}

const usual: ChatScreen = {
  me,
  conversations: [],
  online: { people: [me, ...everyone], total: everyone.length + 1 },
  blocked: [],
  echo,
  origin: "https://duet.example",
  epoch: "0b1f6c0e00004000",
  proof: "AAAAAAAAAAAAAAAAAAAAAA",
  seq: 7,
  contentLimit: 4000,
}

/** The chat with nobody behind it: no socket, and brought into its state by a script of its own. */
function still({ text }: Html, { alive = {}, press = "" }: Lively, assets: Assets): Html {
  const wishes = html` data-alive="${JSON.stringify(alive)}" data-press="${press}"`
  const script = html`<script type="module" src="${assets.url("dev/states.js")}"></script>`
  return new Html(
    text
      .replace(/ hx-ws:connect="[^"]*"/u, "")
      .replace("<body", `<body${wishes}`)
      .replace("</head>", `${script}</head>`),
  )
}

function frames(part: Part, name: string): Html {
  const address = `/dev/views/${part.name}/${name}`
  const frame = (width: string) =>
    html`<iframe class="${width}" src="${address}" title="${name}, ${width}" loading="lazy"></iframe>`
  return html`<section class="state"><h2><a href="${address}">${name}</a></h2><div class="widths">${frame("phone")}${frame("desk")}</div></section>`
}

function page(title: string, assets: Assets, inner: Value): Html {
  return document(
    `${title} · Duet`,
    html`<body class="gallery"><main>${inner}</main></body>`,
    assets,
    styles(assets),
  )
}

function styles(assets: Assets): Html {
  return html`<link rel="stylesheet" href="${assets.url("dev/views.css")}">`
}
