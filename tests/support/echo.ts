/** Echo's id, from the link on a newcomer's page. */
export async function findEcho(url: string): Promise<string> {
  const headers = { accept: "text/html" }
  const body = new URLSearchParams({ name: "whoever looks" })
  const joined = await fetch(`${url}/join`, { method: "POST", headers, body, redirect: "manual" })
  const cookie = joined.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ")
  const home = `${url}${joined.headers.get("location")}`
  const page = await (await fetch(home, { headers: { ...headers, cookie } })).text()
  await fetch(`${home}leave`, { method: "POST", headers: { ...headers, cookie }, redirect: "manual" })
  const id = /href="([0-9a-f-]{36})"[^>]*>Talk to Echo</.exec(page)?.[1]
  if (id === undefined) throw new Error("the page offers no Echo")
  return id
}
