/** A small router over the browser's own history: links stay links, pages are loaded when they are met. */
export type Params = Record<string, string>;

const place = $state({ path: "/", query: "" });

function read(): void {
  place.path = location.pathname;
  place.query = location.search;
}

/** The path now shown. */
export function path(): string {
  return place.path;
}

/** One value of the query string. */
export function query(name: string): string | null {
  return new URLSearchParams(place.query).get(name);
}

/** Goes to another page of the app. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  read();
}

/** The parameters of `path` under `pattern` (`/meeting/:id`), or null when it does not fit. */
export function match(pattern: string, actual: string): Params | null {
  const wanted = pattern.split("/");
  const given = actual.replace(/\/+$/, "").split("/");
  if (actual === "/") given.push("");
  if (wanted.length !== given.length) return null;
  const params: Params = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) {
      if (!value) return null;
      params[part.slice(1)] = decode(value);
    } else if (part !== value) return null;
  }
  return params;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function isOurs(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return false;
  return link.origin === location.origin && !link.pathname.startsWith("/api/");
}

/** Follows links inside the app without loading the page anew. Returns the way to stop. */
export function startRouter(): () => void {
  read();
  const clicked = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.("a");
    if (!(link instanceof HTMLAnchorElement) || !isOurs(event, link)) return;
    if (link.pathname === location.pathname && link.hash) return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  };
  addEventListener("popstate", read);
  document.addEventListener("click", clicked);
  return () => {
    removeEventListener("popstate", read);
    document.removeEventListener("click", clicked);
  };
}
