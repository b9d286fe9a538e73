import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/halves.css";
import "./styles/components.css";
import "./styles/parts.css";
import "./styles/shell.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { followOtherWindows, startWords } from "./lib/i18n.svelte";
import { watchLine } from "./lib/online.svelte";
import { startRouter } from "./lib/router.svelte";
import { startScheme } from "./lib/scheme.svelte";

startScheme();
startRouter();
watchLine();
await startWords();
followOtherWindows();

const target = document.getElementById("app");
if (target) mount(App, { target });
