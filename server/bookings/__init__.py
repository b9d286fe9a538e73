"""What seekers book themselves: openings, bookings, moves, calendar files."""
