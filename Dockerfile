# syntax=docker/dockerfile:1
FROM oven/bun:1.4.5 AS build
WORKDIR /duet
COPY package.json bun.lock bunfig.toml ./
RUN bun install --frozen-lockfile --production --omit=peer
COPY scripts scripts
COPY src src
COPY client client
COPY views views
COPY public public
COPY sql sql
RUN bun scripts/build.ts

FROM oven/bun:1.4.5-slim
WORKDIR /duet
ENV NODE_ENV=production
COPY --from=build /duet/node_modules node_modules
COPY --from=build /duet/package.json package.json
COPY --from=build /duet/src src
COPY --from=build /duet/client client
COPY --from=build /duet/views views
COPY --from=build /duet/sql sql
COPY --from=build /duet/public public
COPY --from=build /duet/.cache .cache
USER bun
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["bun", "-e", "process.exit((await fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`)).ok ? 0 : 1)"]
CMD ["bun", "--no-env-file", "src/main.ts"]
