/** The sign on the face above a conversation: of somebody whose name is gone the server tells the state alone. */

import { when } from "./signals.js"

when("state shown", (state) => {
  state.parentElement.querySelector(".avatar").dataset.status = state.dataset.status
})
