import { joinPage } from "../door/join.ts"
import type { Assets, JoinScreen } from "../model.ts"
import { apiPage } from "../shell/api-page.ts"
import { errorPage } from "../shell/error-page.ts"
import type { Part } from "./part.ts"
import { awkward, everyone, jonas, long, me, thousand } from "./people.ts"

const nobody = { people: [], total: 0 }

/** Whole pages: the door, an error, the page for programs. */
export function doors(assets: Assets): readonly Part[] {
  const door = (name: string, more: Partial<JoinScreen> = {}) => ({
    name,
    page: joinPage({ online: { people: everyone, total: 7 }, identities: [], ...more }, assets),
  })
  return [
    {
      name: "door",
      title: "The door",
      states: [
        door("fresh"),
        door("nobody-here", { online: nobody }),
        door("thousand", { online: thousand }),
        door("refused", { refused: { name: "x".repeat(40), reason: "A name has at most 32 characters." } }),
        door("once-more", { token: "t", refused: { name: "Jonas", reason: "Press Join chat once more." } }),
        door("stray", { isStray: true }),
        door("cookieless", { isCookieless: true }),
        door("continue-as", { identities: [me, jonas] }),
        door("continue-as-long", { identities: awkward }),
      ],
    },
    {
      name: "error-page",
      title: "An error",
      states: [
        {
          name: "nobody",
          page: errorPage(
            {
              status: 404,
              title: "Nobody here",
              message: "They left, and nothing of them is kept: choose somebody from the list.",
            },
            assets,
          ),
        },
        {
          name: "long",
          page: errorPage(
            { status: 503, title: `${long.name} is not here`, message: "Too many people. ".repeat(20) },
            assets,
          ),
        },
      ],
    },
    {
      name: "programs",
      title: "For programs",
      states: [{ name: "all", page: apiPage(assets) }],
    },
  ]
}
