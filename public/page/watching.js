/** Has the server tell how the open peer is: before a word was said too, and after it forgot what was. */

import { send } from "./connection.js"
import { openPeer } from "./room.js"
import { when } from "./signals.js"

let watched

function watch() {
  const peer = openPeer()
  if (peer === watched) return
  if (watched !== undefined) send({ type: "unwatch", user_ids: [watched] })
  watched = peer !== undefined && send({ type: "watch", user_ids: [peer] }) ? peer : undefined
}

when("hello", () => {
  watched = undefined
  watch()
})
when("pane shown", watch)
