/** Names as sentences and headings use them. */

/** The first name, for sentences that speak of somebody just met. */
export function firstName(name: string | null | undefined): string {
  return name?.trim().split(/\s+/)[0] ?? "";
}

/** An organisation's name without what stands in brackets after it, as *(publ)*: the heading needs no more. */
export function shortName(name: string | null | undefined): string {
  const whole = name?.trim() ?? "";
  return whole.replace(/\s*\([^()]*\)$/, "") || whole;
}

/** Whether it has the shape of an address that mail can reach. */
export function isAddress(text: string): boolean {
  return /^\S+@\S+\.\S+$/.test(text.trim());
}
