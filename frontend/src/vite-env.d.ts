/// <reference types="vite/client" />
/// <reference types="svelte" />

declare module "virtual:messages/*" {
  import type { ParsedMessages } from "./lib/i18n.svelte";
  const part: ParsedMessages;
  export default part;
}
