"""`huibao doctor`: what is in order on this computer, and what to do about the rest."""
