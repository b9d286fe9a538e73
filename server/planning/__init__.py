"""Laying an event's meetings on the grid, by hand or by a planner behind a port."""
