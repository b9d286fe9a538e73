"""Scorecards: filling in, sending with undo, release to the seeker, reading and answering."""
