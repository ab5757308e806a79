"""Learning to play: a lesson at a real table, five questions, the rulebook. Nothing of it changes a game."""
