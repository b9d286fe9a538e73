import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { messages } from "./build/messages.ts";

const SERVER = process.env.DIREKTKONTAKT_SERVER ?? "http://localhost:8000";

export default defineConfig({
  plugins: [svelte(), messages(fileURLToPath(new URL("./messages", import.meta.url))), svelteTesting()],
  resolve: {
    // Messages are parsed at build time (build/messages.ts); the parser stays at home.
    alias: process.env.VITEST
      ? {}
      : { "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js" },
  },
  build: {
    target: ["chrome123", "edge123", "firefox121", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    proxy: { "/api": SERVER, "/socket.io": { target: SERVER, ws: true } },
  },
  preview: {
    port: 4173,
    proxy: { "/api": SERVER, "/socket.io": { target: SERVER, ws: true } },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts", "build/**/*.test.ts"],
    setupFiles: ["./src/test-setup.ts"],
  },
});
