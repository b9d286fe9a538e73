"""The employer's own page: its time, the people it met, what it led to, and its word to the agency."""
