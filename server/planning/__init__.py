"""Laying an event's meetings on the grid, by hand or by a simple first fit behind a port."""
