/** The address of this Duet, to be sent to somebody. */

import { copy } from "./copying.js"

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".copy-address")
  if (button) copy(button.dataset.address)
})
