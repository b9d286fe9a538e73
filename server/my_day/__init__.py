"""The seeker's day: their own meetings, the waiting room, *I am ready*."""
