"""Mending the plan while the event runs: what could be done about what has happened, and doing it."""
