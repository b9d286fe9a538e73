"""Meetings of an event: booking, the seeker's page, the recruiter's desk, the room, chat."""
