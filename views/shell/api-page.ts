import { type Html, html } from "../html.ts"
import type { Assets } from "../model.ts"
import { document } from "./document.ts"

interface Route {
  readonly request: string
  readonly answer: string
}

const routes: readonly Route[] = [
  {
    request: "GET /",
    answer: "A page for browsers; elsewhere status, name, version and how many are online",
  },
  { request: "GET /users?q=&limit=&after=", answer: "People online, a page at a time" },
  { request: "GET /users/{id}", answer: "One person online, or 404" },
  { request: "GET /health/live", answer: "200 while the process lives" },
  { request: "GET /health/ready", answer: "200 when people are accepted and presence reaches the store" },
  { request: "GET /openapi.json", answer: "This list for programs (OpenAPI 3.1)" },
  { request: "GET /asyncapi.json", answer: "The WebSocket, described for programs (AsyncAPI 3)" },
]

const frames: readonly Route[] = [
  { request: '{"type":"connection_established","user_id","name"}', answer: "First: who you are" },
  {
    request: '{"type":"user_list_update","users":[{"id","name","is_online"}],"total"}',
    answer: "Who is online",
  },
  {
    request: '{"type":"chat_message","message":{"id","sender_id","receiver_id","content","timestamp"}}',
    answer: "To both: for the sender it is the acknowledgement",
  },
  { request: '{"type":"error","code","message"}', answer: "What was refused, and what to do" },
]

/** How programs use this server. */
export function apiPage(assets: Assets): Html {
  const body = html`<body class="manual">
<main>
<h1>Duet for programs</h1>
<p>The chat is a plain WebSocket at <code>/ws/{user_name}</code>. Send
<code>{"type":"chat_message","receiver_id":"…","content":"Hello!"}</code>; you receive:</p>
${table("Frame", frames)}
<h2>HTTP</h2>
${table("Request", routes)}
<p><a href="/openapi.json">openapi.json</a> · <a href="/asyncapi.json">asyncapi.json</a> · <a href="/">Back to Duet</a></p>
</main>
</body>`
  const head = html`<link rel="stylesheet" href="${assets.url("built/manual.css")}">`
  return document("Duet for programs", body, assets, head)
}

function table(heading: string, rows: readonly Route[]): Html {
  return html`<table><thead><tr><th scope="col">${heading}</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows.map(({ request, answer }) => html`<tr><td><code>${request}</code></td><td>${answer}</td></tr>`)}</tbody></table>`
}
