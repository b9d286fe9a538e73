/** Whether there is room for a board beside a panel; follows the window. */
export function useWide(query = "(min-width: 60rem)"): () => boolean {
  const media = matchMedia(query);
  let wide = $state(media.matches);
  $effect(() => {
    const read = () => (wide = media.matches);
    media.addEventListener("change", read);
    return () => media.removeEventListener("change", read);
  });
  return () => wide;
}
