/** Does something again and again, but only while the page is looked at. */
export function every(ms: number, act: () => void): void {
  $effect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") act();
    }, ms);
    const shown = () => {
      if (document.visibilityState === "visible") act();
    };
    document.addEventListener("visibilitychange", shown);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", shown);
    };
  });
}
