"""The seeker's own pages: learning profile, competences, questions, goal, sharing choice."""
