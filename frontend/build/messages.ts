/**
 * Serves the two catalogues in parts, so that the first page loads only the words it shows.
 *
 * `messages/sv.json` stays one flat file; `virtual:messages/sv/desk` holds the keys of the desk.
 * Messages with ICU syntax are parsed here, at build time, so that no parser is sent to a browser.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "@formatjs/icu-messageformat-parser";
import type { Plugin } from "vite";
import { areaOf } from "../src/lib/areas.ts";

const PREFIX = "virtual:messages/";

/** The keys of one area, each as plain text or as a parsed message. */
export function partOf(catalogue: Record<string, string>, area: string): Record<string, unknown> {
  const part: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(catalogue)) {
    if (areaOf(key) === area) part[key] = /[{<']/.test(text) ? parse(text, { captureLocation: false }) : text;
  }
  return part;
}

export function messages(folder: string): Plugin {
  return {
    name: "direktkontakt-messages",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const [locale = "", area = ""] = id.slice(PREFIX.length + 1).split("/");
      const file = resolve(folder, `${locale}.json`);
      this.addWatchFile(file);
      const part = partOf(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>, area);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(part))})`;
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(resolve(folder))) return undefined;
      for (const module of server.moduleGraph.idToModuleMap.values()) {
        if (module.id?.startsWith(`\0${PREFIX}`)) server.moduleGraph.invalidateModule(module);
      }
      server.ws.send({ type: "full-reload" });
      return [];
    },
  };
}
