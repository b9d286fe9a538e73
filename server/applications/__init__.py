"""Applications: a seeker asks for a vacancy, and both see how it goes."""
