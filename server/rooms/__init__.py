"""A meeting's room: how the two reach each other, and what they write."""
