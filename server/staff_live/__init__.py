"""The day itself for an event's staff: every desk as it stands, who arrives at the door, who needs a hand."""
