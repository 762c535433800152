"""How much of what editors marked the encoder finds, and how much of what it marks they marked too."""
