"""What an inspection is: frameworks, grades, moves, draws, days. Standard library only; no clock, no network."""
