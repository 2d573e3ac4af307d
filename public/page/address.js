/** The address of this Duet, to be sent to somebody. */

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".copy-address")
  if (button) import("./copying.js").then(({ copy }) => copy(button.dataset.address))
})
