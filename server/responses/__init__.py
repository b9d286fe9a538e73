"""What a seeker does about feedback: read it later, ask, wish to meet again, talk to somebody, dispute it."""
