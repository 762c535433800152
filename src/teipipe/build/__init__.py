"""Building: the plan, the processes that render, what is written, and what is left as it was."""
