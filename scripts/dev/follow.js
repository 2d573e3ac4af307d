/** Part of every page that `bun dev` serves: reloads it after a change. */
{
  /** The pause between attempts, in milliseconds: a restarted server is back soon. */
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

  /** After a restart the peer of this page's conversation may take a moment to come back. */
  const comeBack = async (attempts) => {
    const answer = await fetch(location.href).catch(() => undefined)
    if (attempts === 0 || answer?.ok) location.reload()
    else setTimeout(comeBack, pause, attempts - 1)
  }

  /** The old style stays until the new one has loaded, so that nothing flashes. */
  const renew = (link) => {
    const next = link.cloneNode()
    next.href = `${link.href.split("?")[0]}?${version}`
    next.onload = () => link.remove()
    link.after(next)
  }

  connect()
}
