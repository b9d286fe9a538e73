"""Vacancies: the bank of them, how fresh they are, and which a seeker fits, with the reasons in words."""
