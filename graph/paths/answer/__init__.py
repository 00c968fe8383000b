"""Path questions answered: searches run, their node numbers told as captions, evidence and sentences."""
