/** Light or dark: the system's choice, unless the reader has made their own. */
export type Scheme = "system" | "light" | "dark";

const STORED = "direktkontakt.scheme";
const chosen = $state<{ scheme: Scheme }>({ scheme: "system" });

export function scheme(): Scheme {
  return chosen.scheme;
}

export function setScheme(next: Scheme): void {
  chosen.scheme = next;
  if (next === "system") delete document.documentElement.dataset.colorScheme;
  else document.documentElement.dataset.colorScheme = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Without storage the choice lasts for this page.
  }
}

export function startScheme(): void {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(STORED);
  } catch {
    stored = null;
  }
  if (stored === "light" || stored === "dark") setScheme(stored);
}
