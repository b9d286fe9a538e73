"""Another role that an employer has named, as a path that its seeker may explore."""
