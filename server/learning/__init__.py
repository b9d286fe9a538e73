"""The seeker's learning loop: goal, what became of it, reflection, and what to do by when."""
