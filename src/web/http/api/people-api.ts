import { Elysia } from "elysia"
import type { Member } from "../../../chat/presence/member.ts"
import type { WebContext } from "../../context.ts"
import type { Admission } from "../../limits/admission.ts"
import { jsonError, retryAfter } from "./errors.ts"

const defaultLimit = 50
const maxLimit = 200

/** `GET /users` and `GET /users/:id`: who is online. */
export function peopleRoutes({ directory }: WebContext, admission: Admission) {
  return new Elysia({ name: "people" })
    .get(
      "/users",
      async ({ request }) => {
        const query = new URL(request.url).searchParams
        const limit = wholeNumber(query.get("limit") ?? String(defaultLimit))
        if (limit === undefined || limit < 1 || limit > maxLimit) {
          return jsonError(400, "bad_limit", `\`limit\` is a whole number from 1 to ${maxLimit}.`)
        }
        const after = wholeNumber(query.get("after") ?? "0")
        if (after === undefined)
          return jsonError(400, "bad_cursor", "`after` is the `next` of the previous page.")
        const name = query.get("q") ?? ""
        const refused = name === "" ? undefined : await admission.search(request)
        if (refused !== undefined) {
          const { status, code, message, retryAfterMs } = refused
          return jsonError(status, code, message, retryAfter(retryAfterMs))
        }
        const { members, total, next } = directory.page(name, limit, after)
        return Response.json({
          users: members.map(userOf),
          total,
          next: next === undefined ? null : String(next),
        })
      },
      {
        detail: {
          summary: "People online",
          description:
            "In the order in which they came; `total` counts the matches, `next` is the cursor of the next page.",
          tags: ["people"],
          parameters: [
            {
              name: "q",
              in: "query",
              description: "Part of a name, in any case",
              schema: { type: "string" },
            },
            {
              name: "limit",
              in: "query",
              schema: { type: "integer", minimum: 1, maximum: maxLimit, default: defaultLimit },
            },
            {
              name: "after",
              in: "query",
              description: "The `next` of the previous page",
              schema: { type: "string" },
            },
          ],
        },
      },
    )
    .get(
      "/users/:id",
      ({ params }) => {
        const member = directory.listed(params.id)
        if (!member?.online)
          return jsonError(404, "not_online", "Nobody with this id is online: see GET /users.")
        return Response.json(userOf(member))
      },
      { detail: { summary: "One user who is online", tags: ["people"] } },
    )
}

function userOf({ id, name }: Member) {
  return { id, name, is_online: true }
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
