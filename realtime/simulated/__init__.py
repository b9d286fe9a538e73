"""Simulated participants: people of the demo world and of rehearsals, with generated picture and sound.

They come in as anybody does, by a personal link or a sign-in, and know of the system only what HTTP and the
socket tell them: nothing here imports the server, and there is no database address to be given.
"""
