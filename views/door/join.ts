import { type Html, html } from "../html.ts"
import type { Assets, JoinScreen, PeopleOnline } from "../model.ts"
import { document } from "../shell/document.ts"
import { duetMark } from "../shell/icons.ts"
import { chatAhead } from "../shell/scripts.ts"
import { avatar } from "../sidebar/avatar.ts"
import { markBeside } from "../sidebar/identity.ts"

/** The door: a plain form that works before any script has loaded, and runs none. */
export function joinPage(screen: JoinScreen, assets: Assets): Html {
  const body = html`<body class="join"><main class="door">
${duetMark("large")}
<h1>Talk to one person.<br>Keep nothing.</h1>
<p class="lead">Pick a name, or leave it empty for one of ours. What you say is never stored, and ends when you both leave.</p>
${screen.isStray && !screen.isCookieless && html`<p class="stray" id="stray">That address works in its owner’s browser alone, and until they leave. Join here, and find them in the list while they are online.</p>`}
${screen.isCookieless && html`<p class="stray" id="stray" role="alert">Your browser keeps no cookie of this site, so you could not be let in: Duet knows you by one. Allow cookies here, then join again.</p>`}
${screen.identities.length > 0 && identities(screen.identities)}
${form(screen)}
${screen.online.total > 0 && here(screen.online)}
</main></body>`
  return document("Duet", body, assets, chatAhead(assets))
}

function identities(people: JoinScreen["identities"]): Html {
  return html`<ul class="identities" aria-label="People you are here">${people.map(
    ({ id, name, ...rest }) =>
      html`<li><a class="identity" href="/u/${id}/">${avatar({ id, name, status: "offline" }, "small")}<span>Continue as <bdi translate="no" class="name">${name}</bdi></span>${markBeside({ id, ...rest })}</a></li>`,
  )}</ul><h2 class="or"><span>Join as somebody else</span></h2>`
}

function form({ refused, token, isStray, isCookieless }: JoinScreen): Html {
  const described =
    refused === undefined
      ? (isStray || isCookieless) && html` aria-describedby="stray"`
      : html` aria-invalid="true" aria-describedby="name-refused"`
  return html`<form method="post" action="/join" class="join-form">
<label for="name">Your name</label>
<input id="name" name="name" type="text" autocomplete="nickname" autocapitalize="words" spellcheck="false" enterkeyhint="go" autofocus dir="auto" value="${refused?.name ?? ""}"${described}>
${refused !== undefined && html`<p class="refusal" id="name-refused" role="alert">${refused.reason}</p>`}
${token !== undefined && html`<input type="hidden" name="door" value="${token}">`}
<button class="button primary" type="submit">Join chat</button>
</form>`
}

function here({ people, total }: PeopleOnline): Html {
  const words = total === 1 ? "1 person is here" : `${total.toLocaleString("en")} people are here`
  return html`<p class="here"><span class="faces">${people.slice(0, 3).map((person) => avatar(person, "small"))}</span>${words}</p>`
}
