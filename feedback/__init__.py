"""What feedback means: instruments, scorecards, reading, profile and visibility.

Pure: no web, database, socket, clock or randomness. Instants are arguments.
"""
