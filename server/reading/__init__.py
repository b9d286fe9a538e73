"""The seeker reads: sealed feedback, self-rating, the employer's glasses, reply, goal."""
