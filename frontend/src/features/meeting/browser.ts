/** Which browser this is, only to say where its permission switch sits. */
export type Browser = "chrome" | "firefox" | "safari" | "android" | "ios";

export function browserOf(agent: string): Browser {
  if (/iPhone|iPad|iPod/.test(agent)) return "ios";
  if (/Android/.test(agent)) return "android";
  if (/Firefox/.test(agent)) return "firefox";
  return /Safari/.test(agent) && !/Chrome|Chromium|Edg/.test(agent) ? "safari" : "chrome";
}

export function thisBrowser(): Browser {
  return browserOf(navigator.userAgent);
}
