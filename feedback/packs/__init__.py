"""Industry packs as data: one JSON file for each version of an instrument."""
