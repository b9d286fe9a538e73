"""Measures of the estimator behind the learning profile: outside check, coverage, width and speed."""
