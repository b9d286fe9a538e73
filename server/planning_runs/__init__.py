"""Plans that staff ask for: made by the planner in a process of its own, compared, laid and taken back."""
