"""The recruiter's desk: who is here, who is next, which scorecards are left."""
