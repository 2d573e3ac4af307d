/** A menu that is open closes by Escape, and by a press anywhere else. */

function closeAllBut(kept) {
  for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== kept) menu.open = false
}

document.addEventListener("click", ({ target }) => closeAllBut(target.closest(".menu")))
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector(".menu[open]")
  if (!open) return
  open.open = false
  open.querySelector("summary").focus()
})
