"""Places: on each question where a seeker probably lies, how surely, and which way that moved."""
