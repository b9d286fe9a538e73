"""Recruitment events: template, slots, desks, stations, who takes part, publishing."""
