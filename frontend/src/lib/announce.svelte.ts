/** The page's one polite voice: says who comes and goes to those who listen instead of look. */
const voice = $state({ text: "" });

export function announced(): string {
  return voice.text;
}

/** Says `text` once, also when it is the same as the last time. */
export function announce(text: string): void {
  voice.text = "";
  queueMicrotask(() => (voice.text = text));
}
