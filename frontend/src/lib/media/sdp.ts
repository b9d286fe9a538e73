/** The little that we read in session descriptions. */

/** The certificate's fingerprint, which is one connection's own; null when there is none. */
export function fingerprintOf(sdp: string | undefined): string | null {
  return /^a=fingerprint:(\S+ \S+)/m.exec(sdp ?? "")?.[1]?.toUpperCase() ?? null;
}

/** Whether a description comes from the connection with this fingerprint (several may be listed). */
export function hasFingerprint(sdp: string | undefined, fingerprint: string): boolean {
  return (sdp ?? "").toUpperCase().includes(`A=FINGERPRINT:${fingerprint}`);
}
