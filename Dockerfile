# The image of meritloop: one program that is worker, client and command line.
# docs/how-to/containers.md says how to use it; test/containers compares it with the code.
ARG NODE_VERSION=20.20.2
ARG DEBIAN_RELEASE=bookworm

FROM node:${NODE_VERSION}-${DEBIAN_RELEASE}-slim AS build
# Debian keeps one version of a package in a release: a pinned one is gone with the next security fix.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# The packages alone, by the project's own set-up: this layer stays while the lock files do.
COPY package.json package-lock.json requirements.txt .npmrc ./
COPY scripts/ scripts/
RUN node --input-type=module --eval "import { setUp } from '/app/scripts/set-up.js'; await setUp({ tests: false });"
COPY tsconfig.json tsconfig.build.json ./
COPY src/ src/
COPY web/ web/
RUN node scripts/build.js \
    && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:${NODE_VERSION}-${DEBIAN_RELEASE}-slim AS runtime
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=node --group=node /data /data/home /data/cache
# A .venv holds its own path: it must stand where it was made.
WORKDIR /app
COPY --from=build /app/node_modules/ node_modules/
COPY --from=build /app/.venv/ .venv/
COPY --from=build /app/dist/ dist/
COPY package.json ./
COPY bin/ bin/
COPY scripts/ scripts/
COPY dbt/ dbt/
COPY seeds/ seeds/
# Only /data and /tmp are written to: the root may be read-only.
ENV NODE_ENV=production \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    MERITLOOP_HOME=/data/home \
    MERITLOOP_CACHE=/data/cache
# The user `node` of the base image.
USER 1000:1000
HEALTHCHECK --interval=60s --timeout=30s --start-period=60s --retries=3 \
    CMD ["node", "/app/bin/meritloop", "doctor", "--json"]
ENTRYPOINT ["node", "/app/bin/meritloop"]
CMD ["worker"]
