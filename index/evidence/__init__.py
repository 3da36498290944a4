"""What of a hit says the answer: its sentences, the values in them, and how well they fit."""
