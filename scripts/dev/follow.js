/** In every page that `bun dev` serves: follows what changes on the server. */
{
  /** Milliseconds: a server that is restarted is back soon. */
  const pause = 100
  let { version } = document.currentScript.dataset

  const connect = () => {
    const socket = new WebSocket("/dev/changes")
    socket.onmessage = ({ data }) => follow(JSON.parse(data))
    socket.onclose = () => setTimeout(connect, pause)
  }

  const follow = (said) => {
    if (said.version === version) return
    version = said.version
    if (said.change === "style") document.querySelectorAll("link[rel=stylesheet]").forEach(renew)
    else if (said.change === "page") location.reload()
    else comeBack(20)
  }

  /** After a restart, whom this page talks with may take a moment to be back as well. */
  const comeBack = async (attempts) => {
    const answer = await fetch(location.href).catch(() => undefined)
    if (attempts === 0 || answer?.ok) location.reload()
    else setTimeout(comeBack, pause, attempts - 1)
  }

  /** The old style stays until the new one is here: nothing flashes. */
  const renew = (link) => {
    const next = link.cloneNode()
    next.href = `${link.href.split("?")[0]}?${version}`
    next.onload = () => link.remove()
    link.after(next)
  }

  connect()
}
