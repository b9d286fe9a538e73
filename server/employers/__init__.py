"""Employers: what they are looking for and what a seeker may read of them before booking."""
