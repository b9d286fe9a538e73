"""The heart of the planner: an event as pure data in, a proven plan out. Imports nothing of the rest of the server."""
