"""The case worker's own work: what is to be done, what seekers need, handing over to a colleague."""
