"""Figures of the planner: random events of known size, planned by it and by its peers."""
