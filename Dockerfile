# Build: dependencies with their native binding, then dist/ and the workflow bundle.
FROM node:20-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node cli/build.mjs && npm prune --omit=dev

# Run: one image for the API, the workers, the codec server and the setup; the command says which.
FROM node:20-bookworm-slim
ENV NODE_ENV=production TZ=Asia/Shanghai
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir -p /data /keys && chown node:node /data /keys
USER node
CMD ["node", "dist/api/main.js"]
