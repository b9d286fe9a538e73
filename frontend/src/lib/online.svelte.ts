/** Whether this device has a line at all, as far as the browser knows. */
const line = $state({ online: true });

export function isOnline(): boolean {
  return line.online;
}

export function watchLine(): () => void {
  const read = () => (line.online = navigator.onLine);
  read();
  addEventListener("online", read);
  addEventListener("offline", read);
  return () => {
    removeEventListener("online", read);
    removeEventListener("offline", read);
  };
}
