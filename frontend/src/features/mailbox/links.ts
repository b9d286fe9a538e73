/** Text in pieces, addresses of our own made into links within the app. */
export type Piece = { text: string; href?: string };

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,)])/g;

/** The pieces of `text`; an address of this site keeps only its path. */
export function linked(text: string, origin = location.origin): Piece[] {
  return text
    .split(ADDRESS)
    .filter((part) => part !== "")
    .map((part) => {
      if (!/^https?:\/\//.test(part) || !URL.canParse(part)) return { text: part };
      const url = new URL(part);
      return { text: part, href: url.origin === origin ? url.pathname + url.search + url.hash : part };
    });
}
