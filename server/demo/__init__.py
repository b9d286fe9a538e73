"""The demo world: an event that is always live now, invented people, one-click sign-in. Never in production."""
