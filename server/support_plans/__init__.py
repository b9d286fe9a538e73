"""What a seeker and their case worker plan together: steps, the feedback behind each, what both say of it."""
