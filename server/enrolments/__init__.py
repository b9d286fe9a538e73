"""Seekers at an event: what they wish, when they can, what they need to take part."""
