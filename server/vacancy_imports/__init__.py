"""Bringing vacancies in: advertisements of the employment service (JobSearch, JobStream) and spreadsheets."""
