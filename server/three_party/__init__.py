"""Meetings of a seeker, an employer and a case worker: asked about, answered, put in three calendars."""
