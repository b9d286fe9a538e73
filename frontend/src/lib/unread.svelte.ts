/** How many answers from employers the seeker has not opened yet. */
const count = $state({ unread: 0 });

export function unreadFeedback(): number {
  return count.unread;
}

export function setUnreadFeedback(unread: number): void {
  count.unread = unread;
}
